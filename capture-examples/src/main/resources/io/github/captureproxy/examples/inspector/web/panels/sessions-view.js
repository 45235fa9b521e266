import { html } from 'lit';
import { Part } from '../parts/element.js';

class SessionsView extends Part {
  render() {
    return html`<section class="panel"><h1>Sessions</h1></section>`;
  }
}

customElements.define('sessions-view', SessionsView);
