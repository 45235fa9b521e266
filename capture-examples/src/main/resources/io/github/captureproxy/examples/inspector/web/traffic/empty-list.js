// What stands in the place of rows where there are none: how to get some, or how to see those that there are.

import { html } from 'lit';
import { copy } from '../parts/clip.js';
import { count } from '../parts/format.js';

/** Nothing was captured yet. */
export function nothingYet(state) {
  const command = `curl -x http://${state.address} http://example.com/`;
  return html`<section class="empty" data-empty="nothing-yet">
    <h1>Nothing captured yet</h1>
    ${state.paused ? html`<p class="warning">Recording is paused. Traffic passes, and nothing of it is kept.</p>` : ''}
    <p>Set <code>${state.address}</code> as the proxy for HTTP and HTTPS where your calls come from: a browser, an app, a
      phone. ${state.elsewhere ? html`On other devices it is <code>${state.elsewhere}</code>. ` : ''}What goes through it is
      listed here as it happens.</p>
    <p>To try it, run this in a terminal:</p>
    <div class="command"><pre tabindex="0">${command}</pre>
      <button @click=${() => copy(command, 'Command')}>Copy</button></div>
    <p><a href="#/devices">Set up a phone or another device</a>${state.https ? '' : html` · <a
      href="#/settings">Switch HTTPS on</a>`} · <a href="#/settings">Settings</a></p>
  </section>`;
}

/** What was captured is all left out. */
export function nothingMatches(total, clear) {
  return html`<section class="empty" data-empty="nothing-matches">
    <h1>Nothing matches</h1>
    <p>None of the ${count(total)} rows has all that is asked for.</p>
    <button class="main" data-action="clear" @click=${clear}>Show all rows</button>
  </section>`;
}
