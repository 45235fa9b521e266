import { html } from 'lit';
import { Part } from '../parts/element.js';

class DevicesView extends Part {
  render() {
    return html`<section class="panel"><h1>Devices</h1></section>`;
  }
}

customElements.define('devices-view', DevicesView);
