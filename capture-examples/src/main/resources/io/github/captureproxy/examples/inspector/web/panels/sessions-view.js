import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { call, json } from '../api.js';
import { news } from '../news.js';
import { attempt, toast } from '../parts/messages.js';
import { Paced } from '../parts/paced.js';
import { dateTime, plural, span } from '../parts/format.js';
import { askLine, askWhether } from '../parts/questions.js';

const EVERY = 2_000;

/** Sessions: named spans of time whose exchanges belong together. One runs at a time. */
class SessionsView extends Part {
  static properties = { sessions: { state: true }, now: { state: true } };
  #paced = new Paced(this, EVERY, () => this.#load());

  constructor() {
    super();
    this.hear(news, 'state', () => this.#paced.soon());
  }

  connectedCallback() {
    super.connectedCallback();
    this.clock = setInterval(() => (this.now = Date.now()), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  async #load() {
    await attempt(async () => (this.sessions = await json('/api/sessions')));
  }

  async #do(path, options) {
    await attempt(() => json(path, options));
    await this.#paced.now();
  }

  render() {
    return html`<section class="panel">
      <h1>Sessions</h1>
      <p class="soft">While a session runs, what is captured belongs to it, and can be listed, exported and cleared on its
        own. Traffic outside of one is kept in History all the same.</p>
      <form class="row" @submit=${(event) => this.#start(event)}>
        <label class="field">Name<input name="name" required maxlength="200" placeholder="Checkout with a voucher"></label>
        <label class="field">Keep it in
          <select name="target">
            <option value="history">History</option>
            <option value="collection">History and a Postman collection</option>
          </select>
        </label>
        <button class="main">Start a session</button>
        <span class="grow"></span>
        <label class="button">Import a HAR or JSON lines
          <input type="file" class="hidden-text" accept=".har,.json,.jsonl,.ndjson"
            @change=${(event) => this.#import(event)}>
        </label>
      </form>
      ${this.#table()}
    </section>`;
  }

  async #start(event) {
    event.preventDefault();
    const form = event.target;
    const body = Object.fromEntries(new FormData(form));
    await this.#do('/api/sessions', { method: 'POST', body });
    form.reset();
  }

  async #import(event) {
    const input = event.target;
    const file = input.files[0];
    if (!file) return;
    await attempt(async () => {
      const path = `/api/import?name=${encodeURIComponent(file.name)}`;
      const said = await (await call(path, { method: 'POST', body: file })).json();
      toast(`${plural(said.count, 'exchange')} read from ${file.name}.${said.cut ? ` ${said.cut}` : ''}`);
    });
    input.value = '';
    await this.#paced.now();
  }

  #table() {
    if (!this.sessions) return nothing;
    if (this.sessions.length === 0) return html`<p>There is no session yet.</p>`;
    return html`<table class="cards">
      <thead><tr><th>Name</th><th>State</th><th>Time</th><th>Rows</th><th>Started</th><th>Kept in</th>
        <th><span class="hidden-text">Actions</span></th></tr></thead>
      <tbody>${this.sessions.map((session) => this.#row(session))}</tbody>
    </table>`;
  }

  #row(session) {
    const path = `/api/sessions/${session.id}`;
    const post = (action) => () => this.#do(`${path}/${action}`, { method: 'POST' });
    const running = session.state === 'RUNNING';
    return html`<tr data-session=${session.id}>
      <td><a href="#/traffic?session=${session.id}">${session.name}</a></td>
      <td><span class="badge">${session.state.toLowerCase()}</span></td>
      <td data-name="Time">${span(session.totalMillis + (session.runningSince ? Date.now() - session.runningSince : 0))}</td>
      <td data-name="Rows">${session.rows.toLocaleString()}</td>
      <td data-name="Started">${dateTime(session.created)}</td>
      <td data-name="Kept in">${session.target === 'history' ? 'History' : html`<span class="mono">${session.target}</span>`}</td>
      <td><div class="row">
        ${running ? html`<button @click=${post('pause')}>Pause</button>` : nothing}
        ${session.state === 'PAUSED' ? html`<button @click=${post('resume')}>Resume</button>` : nothing}
        ${session.state === 'STOPPED' ? nothing : html`<button @click=${post('stop')}>Stop</button>`}
        <button @click=${() => this.#rename(session)}>Rename</button>
        <button @click=${() => this.emit('export-rows', { query: { session: session.id }, what: session.name })}
          ?disabled=${session.rows === 0}>Export</button>
        <button class="danger" @click=${() => this.#remove(session, 'clear')} ?disabled=${session.rows === 0}>Clear</button>
        <button class="danger" @click=${() => this.#remove(session, 'delete')}>Delete</button>
      </div></td>
    </tr>`;
  }

  async #rename(session) {
    const name = await askLine({ title: 'Rename the session', label: 'Name', text: session.name });
    if (name) await this.#do(`/api/sessions/${session.id}/rename`, { method: 'POST', body: { name } });
  }

  async #remove(session, action) {
    const title = `Delete ${plural(session.rows, 'row')} of “${session.name}”?`;
    const meant = session.rows === 0 || await askWhether({ title, text: 'This can’t be undone.', action: 'Delete' });
    if (!meant) return;
    await this.#do(`/api/sessions/${session.id}/${action}`, { method: 'POST' });
  }
}

customElements.define('sessions-view', SessionsView);
