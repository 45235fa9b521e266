import { html } from 'lit';
import { Part } from '../parts/element.js';

class HostsView extends Part {
  render() {
    return html`<section class="panel"><h1>Hosts</h1></section>`;
  }
}

customElements.define('hosts-view', HostsView);
