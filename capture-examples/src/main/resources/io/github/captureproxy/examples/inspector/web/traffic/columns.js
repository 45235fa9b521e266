// The columns that the list can have, and which ones a person has chosen.

import { html, nothing } from 'lit';
import { bytes, millis, time, dateTime } from '../parts/format.js';
import { icon } from './icons.js';
import { authority } from './row-model.js';
import { pathCell } from './path-cell.js';
import { status, statusClass, typeText } from './row-words.js';
import { waterfall } from './waterfall.js';

const STORED = 'traffic-columns';

/** Chosen if nothing else was: what most people ask of a call. */
const USUAL = ['flags', 'time', 'method', 'status', 'host', 'path', 'type', 'size', 'duration', 'waterfall'];

/**
 * All of them, in order. Widths are in rem: `width` what it takes, `least` of one that takes what is left; `sort` is
 * the name that the program sorts by; one with a higher `rank` is left out earlier where there is little room.
 */
export const COLUMNS = [
  { id: 'flags', name: 'Marks', short: '', width: 2.75, rank: 3, cell: flags },
  { id: 'id', name: 'Number', width: 4.5, rank: 8, end: true, cell: (row) => (row.open ? '' : row.id) },
  { id: 'time', name: 'Time', sort: 'time', width: 7, rank: 4, cell: startTime },
  { id: 'method', name: 'Method', sort: 'method', width: 6, rank: 0, cell: (row) => row.method.slice(0, 24) },
  { id: 'status', name: 'Status', sort: 'status', width: 7.5, rank: 0, cell: statusCell },
  { id: 'host', name: 'Host', sort: 'host', width: 13, rank: 5, cell: authority },
  { id: 'path', name: 'Path', sort: 'path', least: 15, rank: 0, cell: pathCell },
  { id: 'type', name: 'Type', sort: 'type', width: 6.5, rank: 6, cell: (row) => typeText(row).slice(0, 60) },
  { id: 'requestSize', name: 'Sent', width: 5.5, rank: 10, end: true, cell: (row) => bytes(row.requestSize) },
  { id: 'size', name: 'Size', sort: 'size', width: 5.5, rank: 2, end: true, cell: (row) => bytes(row.responseSize) },
  { id: 'duration', name: 'Duration', sort: 'duration', width: 6, rank: 1, end: true, cell: (row) => millis(row.millis) },
  { id: 'waterfall', name: 'Waterfall', width: 11, rank: 7, cell: waterfall },
  { id: 'outcome', name: 'Outcome', sort: 'outcome', width: 8, rank: 9, cell: (row) => row.outcome.toLowerCase().replaceAll('_', ' ') },
  { id: 'protocol', name: 'Protocol', width: 6, rank: 9, cell: (row) => row.httpVersion },
  { id: 'scheme', name: 'Scheme', width: 5, rank: 9, cell: (row) => row.scheme },
  { id: 'client', name: 'Client', width: 10, rank: 9, cell: (row) => row.client },
  { id: 'process', name: 'Process', width: 8, rank: 9, cell: (row) => row.process },
  { id: 'label', name: 'Label', width: 7, rank: 9, cell: (row) => row.label },
  { id: 'user', name: 'User', width: 7, rank: 9, cell: (row) => row.user },
  { id: 'note', name: 'Note', width: 12, rank: 9, cell: (row) => row.note.slice(0, 200) },
];

/** The ids of the chosen ones. */
export function chosen() {
  try {
    const ids = JSON.parse(localStorage.getItem(STORED));
    return Array.isArray(ids) && ids.length > 0 ? ids : USUAL;
  } catch {
    return USUAL; // what is stored is not ours
  }
}

/** Remembers a choice; without one, the usual ones. */
export function choose(ids) {
  if (ids) localStorage.setItem(STORED, JSON.stringify(ids));
  else localStorage.removeItem(STORED);
  return chosen();
}

/** Those of the chosen ones that a width has room for; a list that is narrower still can be scrolled. */
export function fitting(ids, rem) {
  const fit = COLUMNS.filter((column) => ids.includes(column.id));
  while (fit.length > 1 && leastWidth(fit) > rem) {
    const last = fit.reduce((a, b) => (rankOf(b) >= rankOf(a) ? b : a));
    if (last.rank === 0) break;
    fit.splice(fit.indexOf(last), 1);
  }
  return fit;
}

/** What a person has added goes after what was there anyway. */
const rankOf = (column) => (USUAL.includes(column.id) ? column.rank : 0.5);

/** The room that these columns need, in rem. */
export const leastWidth = (columns) => columns.reduce((sum, column) => sum + (column.width ?? column.least), 0);

/** The tracks of these columns, as CSS has them. */
export function tracks(columns) {
  const flexible = columns.some((column) => column.least);
  return columns
    .map((column, at) => (column.least ? `minmax(${column.least}rem, 1fr)`
      : !flexible && at === columns.length - 1 ? `minmax(${column.width}rem, 1fr)` : `${column.width}rem`))
    .join(' ');
}

function startTime(row) {
  return html`<time datetime=${new Date(row.time).toISOString()} title=${dateTime(row.time)}>${time(row.time)}</time>`;
}

function statusCell(row) {
  const { text, mark, words } = status(row);
  const why = [...new Set([words, row.detail])].filter(Boolean).join(': ');
  return html`<span class="status ${statusClass(row)}" title=${(row.ok && !mark) || !why ? nothing : why}>${text}${mark
    ? html` ${icon(mark, words)}` : nothing}</span>`;
}

function flags(row) {
  return html`${row.pinned ? icon('pin', 'pinned') : nothing}${row.note ? html`<span title=${row.note}>${icon('note', 'has a note')}</span>` : nothing}`;
}
