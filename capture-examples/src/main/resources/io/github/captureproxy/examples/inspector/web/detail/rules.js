// What rules made of an exchange: which acted, and the messages as they were on the server's side.

import { html, nothing } from 'lit';
import { seenInLine } from './unseen.js';

export function rulesTab({ rules, target }, base) {
  return html`
    <ul>${rules.names.map((name) => html`<li>${seenInLine(name)}</li>`)}</ul>
    ${rules.sentRequest ? html`<h3>The request that was sent instead</h3>
      <message-view .message=${rules.sentRequest} side="sent-request" base=${base} .query=${target.query}></message-view>` : nothing}
    ${rules.originResponse ? html`<h3>The server’s own response</h3>
      <message-view .message=${rules.originResponse} side="origin-response" base=${base}></message-view>` : nothing}
    ${rules.sentRequest || rules.originResponse ? nothing : html`<p class="soft">They changed neither message.</p>`}`;
}
