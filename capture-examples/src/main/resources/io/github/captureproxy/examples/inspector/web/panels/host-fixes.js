// What a click can do about what was decided for a host's tunnels.

import { html, nothing } from 'lit';
import { json } from '../api.js';
import { attempt, toast } from '../parts/messages.js';
import { dateTime } from '../parts/format.js';

export const CHOICES = [['default', 'Default'], ['inspect', 'Inspect'], ['pass-through', 'Pass through']];

const path = (host) => `/api/hosts/${encodeURIComponent(host)}`;

/** Does something about a host, says what that means, and has the list look again. */
async function act(view, words, action) {
  await attempt(async () => {
    await action();
    toast(words);
    await view.look();
  });
}

export function choose(view, host, choice) {
  const words = {
    inspect: `${host} is inspected from the next connection on.`,
    'pass-through': `${host} is passed through from the next connection on.`,
    default: `${host} is decided on as any other host.`,
  };
  return act(view, words[choice], () => json(path(host), { method: 'PUT', body: { choice } }));
}

const forget = (view, host) => act(view, `What was learned of ${host} is forgotten.`,
  () => json(`${path(host)}/forget`, { method: 'POST' }));

const trust = (view, host, sha256) => act(view, `This certificate of ${host} is trusted from now on.`,
  () => json(`${path(host)}/trust`, { method: 'POST', body: { sha256 } }));

const distrust = (view, host) => act(view, `No certificate of ${host} is trusted as it is any more.`,
  () => json(`${path(host)}/trust`, { method: 'DELETE' }));

export const forgetClient = (view, address) => act(view, `What was learned of ${address} is forgotten.`,
  () => json('/api/clients/forget', { method: 'POST', body: { address } }));

/** The buttons and links for a host. */
export function fixes(view, host, https) {
  const wanted = host.decided?.fixes ?? [];
  const buttons = wanted.map((fix) => button(view, host, fix, https)).filter((each) => each !== nothing);
  return html`${buttons.length ? html`<div class="row">${buttons}</div>` : nothing}
    ${certificate(view, host, https)}`;
}

function button(view, host, fix, https) {
  const of = html`<span class="hidden-text"> ${host.host}</span>`;
  if (fix === 'SETTINGS') return html`<a href="#/settings">Settings</a>`;
  if (fix === 'DEVICES') return html`<a href="#/devices">Trust the authority on the device</a>`;
  if (!https) return nothing;
  if (fix === 'INSPECT' && host.choice !== 'inspect') {
    const risk = host.decided?.reason === 'HSTS'
      ? 'Only if you know that the client trusts the authority: with HSTS a browser offers no way past its warning' : nothing;
    return html`<button data-fix="inspect" title=${risk} @click=${() => choose(view, host.host, 'inspect')}>Inspect anyway${of}</button>`;
  }
  if (fix === 'PASS_THROUGH' && host.choice !== 'pass-through') {
    return html`<button data-fix="pass-through" @click=${() => choose(view, host.host, 'pass-through')}>Pass through${of}</button>`;
  }
  if (fix === 'FORGET' && host.remembered.length > 0) {
    return html`<button data-fix="forget" @click=${() => forget(view, host.host)}>Forget what was learned${of}</button>`;
  }
  return nothing;
}

function certificate(view, host, https) {
  const found = host.refused;
  if (!https) return nothing;
  if (host.trusted.length > 0) {
    return html`<p>A certificate of this site is trusted by its fingerprint.
      <button data-fix="distrust" @click=${() => distrust(view, host.host)}>Trust it no more</button></p>`;
  }
  if (!found || host.decided?.reason !== 'ORIGIN_CERTIFICATE_INVALID') return nothing;
  return html`<details class="certificate">
    <summary>The certificate</summary>
    <dl class="pairs">
      <dt>Subject</dt><dd>${found.subject}</dd>
      <dt>Issuer</dt><dd>${found.issuer}</dd>
      <dt>Valid until</dt><dd>${dateTime(found.validUntil)}</dd>
      <dt>SHA-256</dt><dd class="mono">${found.sha256}</dd>
      <dt>Problem</dt><dd>${found.problem}</dd>
    </dl>
    <button data-fix="trust" @click=${() => trust(view, host.host, found.sha256)}>Trust this one certificate for
      ${host.host}</button>
  </details>`;
}
