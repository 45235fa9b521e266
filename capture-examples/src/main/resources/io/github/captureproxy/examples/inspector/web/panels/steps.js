// Things to do outside the page: a command or a text for each, what undoes it, and a button that copies it.

import { html, nothing } from 'lit';
import { copy } from '../parts/clip.js';

/** Names in the terminal's words. */
const NAMES = {
  shell: 'Shell', java: 'Java', browser: 'Browser', system: 'This system', chromium: 'Chromium', firefox: 'Firefox',
  phone: 'Phone', check: 'Check', chrome: 'Chrome', edge: 'Edge',
};

export const named = (word) => NAMES[word] ?? word;

export function steps(list) {
  return html`<dl class="steps">${list.map((step) => html`
    <div>
      <dt>${named(step.what)}</dt>
      <dd>
        ${line(step.text, step.command, step.what)}
        ${step.undo ? html`<div class="soft undo">To undo it: ${line(step.undo, step.command, `undo ${step.what}`)}</div>` : nothing}
      </dd>
    </div>`)}</dl>`;
}

function line(text, command, what) {
  if (!command) return html`<span>${text}</span>`;
  return html`<span class="command"><code>${words(text)}</code>
    <button class="quiet" aria-label="Copy: ${what}" title="Copy" @click=${() => copy(text, 'Command')}>Copy</button></span>`;
}

/** Browsers break lines after hyphens, too, where options would be torn apart. */
const words = (text) => text.split(' ').map((word, at) => html`${at ? ' ' : ''}<span class="word">${word}</span>`);

/** The authority, and how to trust it. */
export function trustSteps(trust) {
  return html`
    <dl class="pairs">
      <dt>Name</dt><dd>${trust.name}</dd>
      <dt>SHA-256</dt><dd class="mono">${trust.sha256}</dd>
      <dt>File</dt><dd class="mono">${trust.file}</dd>
      <dt>Valid until</dt><dd>${trust.validUntil}</dd>
    </dl>
    <details>
      <summary>How to trust it on this machine, and how to take that back</summary>
      ${steps(trust.steps)}
    </details>`;
}
