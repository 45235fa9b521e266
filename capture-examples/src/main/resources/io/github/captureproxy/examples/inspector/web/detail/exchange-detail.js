import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';

/** One exchange or tunnel, by its row's id. */
class ExchangeDetail extends Part {
  static properties = { row: { type: Number } };

  render() {
    return this.row ? html`<section aria-label="Detail"><p>${this.row}</p></section>` : nothing;
  }
}

customElements.define('exchange-detail', ExchangeDetail);
