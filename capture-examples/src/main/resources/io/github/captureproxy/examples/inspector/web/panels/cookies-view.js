import { html } from 'lit';
import { Part } from '../parts/element.js';

class CookiesView extends Part {
  render() {
    return html`<section class="panel"><h1>Cookies</h1></section>`;
  }
}

customElements.define('cookies-view', CookiesView);
