import { html, nothing } from 'lit';
import { Dialog } from '../parts/dialog.js';
import { json } from '../api.js';
import { attempt } from '../parts/messages.js';
import { millis } from '../parts/format.js';

/** Sends a captured request again, as it was or edited, and shows how the answers differ. */
class ReplayDialog extends Dialog {
  static properties = {
    row: { type: Number }, draft: { state: true }, result: { state: true }, busy: { state: true },
  };

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    this.draft = await attempt(() => json(`/api/exchanges/${this.row}/draft`));
    if (!this.draft && this.isConnected) this.done(); // why it can't be sent is told in passing
  }

  title() {
    return 'Send again';
  }

  body() {
    const draft = this.draft;
    if (!draft) return html`<p>Reading the request…</p>`;
    return html`<form @submit=${(event) => this.#send(event)}>
      <div class="request-line">
        <label class="field">Method<input name="method" .value=${draft.method} required size="8"></label>
        <label class="field grow">URL<input name="url" class="mono" .value=${draft.url} required></label>
      </div>
      <label class="field">Header fields, one a line
        <textarea name="headers" class="mono" rows="8" spellcheck="false" .value=${draft.headers}></textarea>
      </label>
      ${draft.text === null || draft.text === undefined
        ? html`<p class="soft">The body is not text: it is sent as it was captured (${draft.bodyBytes} bytes).</p>`
        : html`<label class="field">Body
            <textarea name="body" class="mono" rows="8" spellcheck="false" .value=${draft.text}></textarea>
          </label>`}
      ${draft.cut ? html`<p class="problem">Only the beginning of the body was kept: what is sent is incomplete.</p>`
        : nothing}
      ${draft.browser ? html`<label class="check"><input type="checkbox" name="browser">
          With the browser’s current cookies and its own header fields</label>` : nothing}
      ${this.#answer()}
      <div class="row end">
        <button type="button" @click=${() => this.done()}>Close</button>
        <button class="main" ?disabled=${this.busy}>${this.busy ? 'Waiting for the answer…' : 'Send'}</button>
      </div>
    </form>`;
  }

  async #send(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.busy = true;
    this.result = undefined;
    this.result = await attempt(() => json(`/api/exchanges/${this.row}/replay`, {
      method: 'POST',
      body: {
        method: form.get('method'), url: form.get('url'), headers: form.get('headers'), text: form.get('body'),
        browser: form.has('browser'),
      },
    }));
    this.busy = false;
  }

  #answer() {
    const result = this.result;
    if (!result) return nothing;
    return html`<section class="answer" aria-live="polite">
      ${result.problem ? html`<p class="problem">${result.problem}</p>` : nothing}
      ${result.status ? html`<p>The answer: <strong>${result.status}</strong> in ${millis(result.millis)}, now in the
        list under the label “replay”.</p>` : nothing}
      ${result.warnings.map((warning) => html`<p class="warn">${warning}</p>`)}
      ${result.differences.length === 0
        ? (result.status ? html`<p class="good">It is the same as the one that was captured.</p>` : nothing)
        : html`<table class="differences">
            <thead><tr><th>Differs in</th><th>Then</th><th>Now</th></tr></thead>
            <tbody>${result.differences.map((difference) => html`<tr>
              <td>${difference.part.toLowerCase().replaceAll('_', ' ')} ${difference.where}</td>
              <td class="mono">${difference.before}</td><td class="mono">${difference.after}</td>
            </tr>`)}</tbody>
          </table>`}
    </section>`;
  }
}

customElements.define('replay-dialog', ReplayDialog);
