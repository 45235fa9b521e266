import { html } from 'lit';
import { Dialog } from '../parts/dialog.js';
import { download, withQuery } from '../api.js';
import { attempt, toast } from '../parts/messages.js';

const FORMATS = [
  ['har', 'HAR', 'for browsers’ developer tools, Charles, Fiddler, Insomnia'],
  ['postman', 'Postman collection', 'folders by domain and path, with examples'],
  ['jsonl', 'JSON lines', 'all that was captured, to be read in again'],
  ['curl', 'cURL commands', 'a script for bash'],
];

/** Saves rows as a file: `query` says which, as the list's own calls do. */
class ExportDialog extends Dialog {
  static properties = { query: { attribute: false }, what: {}, busy: { state: true } };

  title() {
    return `Export ${this.what}`;
  }

  body() {
    return html`<form @submit=${(event) => this.#save(event)}>
      <fieldset>
        <legend>Format</legend>
        ${FORMATS.map(([id, name, use], index) => html`<label class="check option">
          <input type="radio" name="format" value=${id} ?checked=${index === 0}>
          <span>${name}<br><span class="soft">${use}</span></span>
        </label>`)}
      </fieldset>
      <label class="field">Name
        <input name="name" value="capture" required maxlength="100">
      </label>
      <label class="check">
        <input type="checkbox" name="redact" checked> Replace secrets: cookies, authorization, tokens, passwords
      </label>
      <div class="row end">
        <button type="button" @click=${() => this.done()}>Cancel</button>
        <button class="main" ?disabled=${this.busy}>${this.busy ? 'Writing…' : 'Export'}</button>
      </div>
    </form>`;
  }

  async #save(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    this.busy = true;
    const path = withQuery('/api/export', {
      ...this.query, format: form.get('format'), name: form.get('name'), redact: form.has('redact'),
    });
    const saved = await attempt(async () => {
      await download(path);
      return true;
    });
    this.busy = false;
    if (saved) {
      toast('Exported.');
      this.done();
    }
  }
}

customElements.define('export-dialog', ExportDialog);
