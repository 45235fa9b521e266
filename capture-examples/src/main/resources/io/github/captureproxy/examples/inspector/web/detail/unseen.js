// Text as it is, but that characters which can't be seen, or turn the order of others round, are shown by their numbers.

import { html } from 'lit';

const UNSEEN = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e\\u200b-\\u200f'
  + '\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb';
const IN_TEXT = new RegExp(`([${UNSEEN}]|\\r(?!\\n)|\\p{Cs})`, 'u');
const IN_LINE = new RegExp(`([${UNSEEN}\\t\\r\\n]|\\p{Cs})`, 'u');

/** More of them are shown as one sign each, without its number. */
const MAX_MARKS = 2_000;

const NAMES = { '\t': '⇥', '\n': '↵', '\r': '␍' };

function mark(character) {
  const number = `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return html`<span class="unseen" title="${number}, a character that can’t be seen">${NAMES[character] ?? number}</span>`;
}

function marked(text, pattern) {
  if (!pattern.test(text)) return text;
  const pieces = text.split(pattern);
  if (pieces.length > 2 * MAX_MARKS) return text.replace(new RegExp(pattern, 'gu'), '␦');
  return pieces.map((piece, index) => (index % 2 ? mark(piece) : piece));
}

/** Of a text of several lines. */
export const seen = (text) => marked(text, IN_TEXT);

/** Of a value that stands in one line. */
export const seenInLine = (text) => marked(text, IN_LINE);
