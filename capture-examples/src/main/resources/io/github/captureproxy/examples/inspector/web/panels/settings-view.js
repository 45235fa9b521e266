// What can be set while the program runs. Changes are gathered until they are applied together.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json } from '../api.js';
import { attempt, toast } from '../parts/messages.js';
import { changed, field, HSTS, lines, needsRestart } from './settings-fields.js';
import { trustSteps } from './steps.js';
import { copy } from '../parts/clip.js';

class SettingsView extends Part {
  static properties = {
    shown: { state: true }, draft: { state: true }, problems: { state: true }, busy: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.problems = [];
    attempt(async () => this.#show(await json('/api/settings')));
  }

  #show(shown) {
    this.shown = shown;
    this.draft = this.#set();
    this.problems = [];
  }

  /** What is set now, as the form has it. */
  #set() {
    return { ...this.shown.settings, user: this.shown.user, password: '' };
  }

  #take(name, value) {
    this.draft = { ...this.draft, [name]: value };
    this.problems = this.problems.filter((problem) => problem.field !== name);
  }

  async #apply(event) {
    event.preventDefault();
    const fields = changed(this.draft, this.#set());
    if (fields.length === 0 || this.busy) return;
    this.busy = true;
    const body = Object.fromEntries(fields.map((name) => [name, this.draft[name]]));
    if ('password' in body) body.user = this.draft.user;
    try {
      const shown = await json('/api/settings', { method: 'PUT', body });
      this.#show(shown);
      toast(shown.restarted ? `Applied. The proxy started anew on ${shown.address}.` : 'Applied.');
    } catch (error) {
      this.problems = error.said?.problems ?? [{ field: '', message: error.message }];
      await this.updateComplete;
      this.querySelector('[aria-invalid="true"]')?.focus();
    }
    this.busy = false;
  }

  render() {
    if (!this.draft) return html`<section class="panel"><h1>Settings</h1></section>`;
    return html`<form class="panel settings" @submit=${this.#apply}>
      <h1>Settings</h1>
      ${this.shown.problems.map((problem) => html`<p class="problem" role="alert">${problem}</p>`)}
      <div class="setting-groups">${this.#listening()} ${this.#access()} ${this.#https()} ${this.#recording()}</div>
      ${this.#bar()}
    </form>`;
  }

  #problem(name) {
    return this.problems.filter((problem) => problem.field === name).map((problem) => problem.message).join('; ');
  }

  #text(name, label, hint, more = {}) {
    const { type = 'text', list, placeholder, autocomplete = 'off', problem = this.#problem(name) } = more;
    return field({ id: name, label, hint, problem, control: (id, describedBy, invalid) => html`<input id=${id}
      type=${type} .value=${String(this.draft[name])} list=${list ?? nothing} placeholder=${placeholder ?? nothing}
      autocomplete=${autocomplete} spellcheck="false" aria-describedby=${describedBy} aria-invalid=${invalid}
      @input=${({ target }) => this.#take(name, type === 'number' ? Number(target.value) : target.value)}>` });
  }

  #lines(name, label, hint, rows = 3) {
    return field({ id: name, label, hint, problem: this.#problem(name),
      control: (id, describedBy, invalid) => html`<textarea id=${id} rows=${rows} spellcheck="false"
        .value=${this.draft[name].join('\n')} aria-describedby=${describedBy} aria-invalid=${invalid}
        @input=${({ target }) => this.#take(name, target.value.split('\n'))}
        @change=${({ target }) => this.#take(name, lines(target.value))}></textarea>` });
  }

  #listening() {
    return html`<fieldset>
      <legend>Listening</legend>
      <p class="soft">Now at <code>${this.shown.address}</code>${this.shown.elsewhere
        ? html`, for other devices at <code>${this.shown.elsewhere}</code>` : nothing}</p>
      ${this.#text('port', 'Port', '1 to 65535, or 0 for any free one.', { type: 'number' })}
      ${this.#text('bind', 'Address', '127.0.0.1 for this machine alone, 0.0.0.0 for every network that it is in.',
        { list: 'addresses' })}
      <datalist id="addresses"><option value="127.0.0.1"></option><option value="0.0.0.0"></option></datalist>
      ${this.#text('upstream', 'Upstream proxy',
        'Sends everything on through another proxy: http://user:password@host:port. Blank for none.')}
    </fieldset>`;
  }

  #access() {
    const networks = this.shown.networks.filter((network) => !this.draft.allow.includes(network));
    return html`<fieldset>
      <legend>Access</legend>
      ${this.#lines('allow', 'Allowed addresses',
        'One a line, besides this machine: an address, or a network such as 192.168.1.0/24.')}
      ${networks.map((network) => html`<div><button type="button"
        @click=${() => this.#take('allow', [...this.draft.allow, network])}>Allow your network, ${network}</button></div>`)}
      ${this.#text('user', 'User', 'Clients have to give this name and the password. Blank for none.',
        { problem: this.#problem('user') || this.#problem('login') })}
      ${this.#text('password', 'Password', '', { type: 'password', autocomplete: 'new-password',
        placeholder: this.shown.user ? 'unchanged' : '' })}
    </fieldset>`;
  }

  #https() {
    return html`<fieldset>
      <legend>HTTPS</legend>
      <label class="check"><input type="checkbox" data-field="https" .checked=${this.draft.https}
        @change=${({ target }) => this.#take('https', target.checked)}>
        Look inside HTTPS where the client trusts the capture authority</label>
      ${this.draft.https ? this.#inspecting() : html`<p class="soft">HTTPS passes through untouched, and is listed as
        tunnels. The authority is made when this is switched on the first time.</p>`}
    </fieldset>`;
  }

  #inspecting() {
    return html`
      ${field({ id: 'hsts', label: 'Inspect sites that use HSTS', problem: this.#problem('hsts'),
        hint: 'Browsers let nobody past a certificate warning on these.',
        control: (id, describedBy, invalid) => html`<select id=${id} aria-describedby=${describedBy}
          aria-invalid=${invalid} @change=${({ target }) => this.#take('hsts', target.value)}>
          ${HSTS.map(([value, words]) => html`<option value=${value} ?selected=${value === this.draft.hsts}>${words}</option>`)}
        </select>` })}
      ${this.#lines('passThrough', 'Hosts that are never inspected',
        'One a line: a name, *.example.com for all below it, an address or a network. Single hosts can be chosen under Hosts.')}
      ${this.shown.trust ? html`<h2>Authority</h2>${trustSteps(this.shown.trust)}
        <p class="soft">For phones and other devices see <a href="#/devices">Devices</a>.</p>` : nothing}`;
  }

  #recording() {
    const file = this.shown.collectionFile;
    return html`<fieldset>
      <legend>Recording</legend>
      ${this.#text('filter', 'Record only',
        'A filter such as host:*.example.com -path:/health. Blank for all. Tunnels are always listed.')}
      ${this.#text('collection', 'Postman collection besides History',
        'Full path of a .json file, which then grows with what is recorded. Blank for History alone.',
        { placeholder: '/home/you/capture.postman_collection.json' })}
      ${file ? html`<p>Growing at <code>${file}</code>
        <button type="button" class="quiet" @click=${() => copy(file, 'Path')}>Copy the path</button></p>` : nothing}
    </fieldset>`;
  }

  #bar() {
    const fields = changed(this.draft, this.#set());
    const general = this.#problem('');
    return html`<div class="apply" role="group" aria-label="Changes">
      <button class="main" data-action="apply" ?disabled=${fields.length === 0 || this.busy}>Apply</button>
      <button type="button" ?disabled=${fields.length === 0 || this.busy}
        @click=${() => this.#show(this.shown)}>Discard</button>
      <span class="grow" role="status">${this.#says(fields)}</span>
      ${general ? html`<p class="problem" role="alert">${general}</p>` : nothing}
    </div>`;
  }

  #says(fields) {
    if (this.busy) return 'Applying…';
    if (fields.length === 0) return 'Kept for the next start, unless its command line says otherwise.';
    return needsRestart(fields, this.draft)
      ? 'This starts the proxy anew: connections that are open end. History stays.'
      : 'This takes effect at once.';
  }
}

customElements.define('settings-view', SettingsView);
