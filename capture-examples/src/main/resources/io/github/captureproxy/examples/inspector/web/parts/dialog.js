// A modal dialog: the browser's own, so that focus stays in it, Escape closes it, and it goes back to where it was.

import { html } from 'lit';
import { Part } from './element.js';

export class Dialog extends Part {
  /** The heading. */
  title() {
    return '';
  }

  /** What is in it; ends with the buttons. */
  body() {
    return html``;
  }

  firstUpdated() {
    this.querySelector('dialog').showModal();
  }

  /** Closes it, and tells the frame that it has gone. */
  done() {
    this.querySelector('dialog').close();
  }

  render() {
    return html`<dialog aria-labelledby="dialog-title" @close=${() => this.emit('dialog-closed')}>
      <header class="row">
        <h2 id="dialog-title" class="grow">${this.title()}</h2>
        <button class="quiet" aria-label="Close" @click=${() => this.done()}>×</button>
      </header>
      ${this.body()}
    </dialog>`;
  }
}
