// The line between list and detail: dragged by mouse or finger, moved by arrow keys. It tells the share of the second
// pane by the event `pane-share`.

import { html } from 'lit';
import { Part } from '../parts/element.js';

const LEAST = 0.2;
const MOST = 0.8;
const STEP = 0.02;

class PaneSeparator extends Part {
  static properties = { share: { type: Number }, upright: { type: Boolean }, controls: {} };

  constructor() {
    super();
    this.hear(this, 'pointerdown', (event) => this.#take(event));
    this.hear(this, 'pointermove', (event) => this.#drag(event));
    this.hear(this, 'keydown', (event) => this.#key(event));
    this.hear(this, 'dblclick', () => this.#tell(0.5));
  }

  updated() {
    this.setAttribute('role', 'separator');
    this.tabIndex = 0;
    this.setAttribute('aria-label', 'Size of the detail');
    this.setAttribute('aria-orientation', this.upright ? 'vertical' : 'horizontal');
    this.setAttribute('aria-valuemin', LEAST * 100);
    this.setAttribute('aria-valuemax', MOST * 100);
    this.setAttribute('aria-valuenow', Math.round(this.share * 100));
    this.setAttribute('aria-controls', this.controls);
  }

  render() {
    return html`<i aria-hidden="true"></i>`;
  }

  #take(event) {
    this.setPointerCapture(event.pointerId);
    event.preventDefault();
    this.focus();
  }

  #drag(event) {
    if (!this.hasPointerCapture(event.pointerId)) return;
    const box = this.parentElement.getBoundingClientRect();
    this.#tell(this.upright ? (box.right - event.clientX) / box.width : (box.bottom - event.clientY) / box.height);
  }

  #key(event) {
    const [more, less] = this.upright ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const shares = { [more]: this.share + STEP, [less]: this.share - STEP, Home: LEAST, End: MOST };
    if (shares[event.key] === undefined) return;
    event.preventDefault();
    this.#tell(shares[event.key]);
  }

  #tell(share) {
    this.emit('pane-share', Math.max(LEAST, Math.min(MOST, share)));
  }
}

customElements.define('pane-separator', PaneSeparator);
