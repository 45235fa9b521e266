// The fields of the settings: what each is called, explained by, and shown as.

import { html, nothing } from 'lit';

/** A change of one of these needs a new proxy, so that open connections end. */
const RESTARTING = ['port', 'bind', 'allow', 'user', 'password', 'https', 'upstream'];
const RESTARTING_WITH_HTTPS = ['hsts', 'passThrough'];

export const HSTS = [
  ['adaptive', 'For clients that trust the authority'],
  ['pass-through', 'Never'],
  ['ignore', 'Like any other site'],
];

/** The fields in which a draft differs from what is set. */
export function changed(draft, set) {
  return Object.keys(draft).filter((field) => JSON.stringify(draft[field]) !== JSON.stringify(set[field]));
}

export function needsRestart(fields, draft) {
  const needing = draft.https ? [...RESTARTING, ...RESTARTING_WITH_HTTPS] : RESTARTING;
  return fields.some((field) => needing.includes(field));
}

/** A field with its label, its hint, and what the program says is wrong with it. */
export function field({ id, label, hint, problem, control }) {
  const describedBy = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return html`<div class="setting" data-field=${id}>
    <label for="set-${id}">${label}</label>
    ${control(`set-${id}`, describedBy || nothing, problem ? 'true' : nothing)}
    ${problem ? html`<p class="problem" id="${id}-problem">${problem}</p>` : nothing}
    ${hint ? html`<p class="soft hint" id="${id}-hint">${hint}</p>` : nothing}
  </div>`;
}

export const lines = (text) => text.split(/[\n,]/).map((line) => line.trim()).filter(Boolean);
