import { html } from 'lit';
import { Part } from '../parts/element.js';

class SettingsView extends Part {
  render() {
    return html`<section class="panel"><h1>Settings</h1></section>`;
  }
}

customElements.define('settings-view', SettingsView);
