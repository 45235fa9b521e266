import { html } from 'lit';
import { Part } from '../parts/element.js';
import '../detail/exchange-detail.js';

class TrafficView extends Part {
  render() {
    return html`<section><h1>Traffic</h1></section>`;
  }
}

customElements.define('traffic-view', TrafficView);
