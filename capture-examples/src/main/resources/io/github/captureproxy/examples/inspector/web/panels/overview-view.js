import { html } from 'lit';
import { Part } from '../parts/element.js';

class OverviewView extends Part {
  render() {
    return html`<section class="panel"><h1>Overview</h1></section>`;
  }
}

customElements.define('overview-view', OverviewView);
