// The bar of a row's time: its phases one after the other, against the time in view or the slowest call in view.

import { html, nothing } from 'lit';
import { millis } from '../parts/format.js';
import { styled } from '../parts/styled.js';
import { phaseWords } from './row-model.js';

const STORED = 'traffic-waterfall';

/** How bars are drawn: from the left, as long as they took; or where they were in the time in view. */
export const SCALES = [
  { id: 'own', name: 'Bars start at the left' },
  { id: 'shared', name: 'Bars show when it was' },
];

export const chosenScale = () => (localStorage.getItem(STORED) === 'shared' ? 'shared' : 'own');

export function chooseScale(id) {
  localStorage.setItem(STORED, id);
  return id;
}

/**
 * The time that the bars of some rows are drawn against: `{kind, start, length}` in milliseconds. Tunnels and other
 * long ones don't count for the length of `own` bars, or all others would be dots: theirs run out at the edge.
 */
export function scaleOf(rows, kind) {
  const known = rows.filter(Boolean);
  if (kind === 'own') {
    const calls = known.filter((row) => !row.tunnel && !row.upgradedTo && !row.open && row.family !== 'events');
    return { kind, start: 0, length: Math.max(1, ...calls.map((row) => row.millis)) };
  }
  const start = Math.min(...known.map((row) => row.time));
  const end = Math.max(...known.map((row) => row.time + row.millis));
  return { kind, start, length: Math.max(1, end - start) };
}

export function waterfall(row, { scale }) {
  const start = scale.kind === 'own' ? 0 : percent(row.time - scale.start, scale);
  const runsOut = scale.kind === 'own' && row.millis > scale.length;
  const length = Math.max(runsOut ? 100 : percent(row.millis, scale), 0.5);
  return html`<span class="bar-track" title=${title(row)}>
    <span class="time-bar ${runsOut ? 'runs-out' : ''} ${row.open ? 'is-open' : ''}" aria-hidden="true"
      ${styled({ 'margin-inline-start': `${Math.min(start, 99.5)}%`, width: `${Math.min(length, 100 - start)}%` })}>
      ${row.phases.map((phase) => html`<i class="phase ${phase.name}"
        ${styled({ 'flex-grow': String(phase.millis) })}></i>`)}
    </span></span><span class="hidden-text">${row.phases.length > 0 ? phaseWords(row) : nothing}</span>`;
}

const percent = (value, scale) => (Math.max(value, 0) / scale.length) * 100;

function title(row) {
  return row.phases.length > 0 ? `${millis(row.millis)}: ${phaseWords(row)}` : millis(row.millis);
}
