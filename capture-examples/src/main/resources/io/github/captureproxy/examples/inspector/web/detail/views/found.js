// Where words occur in a text, and the text with these places marked.

import { html } from 'lit';
import { plural } from '../../parts/format.js';

/** More are counted no further. */
const MAX_FOUND = 1_000;

export class Found {
  #text;
  #places = [];
  #length;

  constructor(text, words) {
    this.#text = text;
    this.#length = words.length;
    const wanted = new RegExp(words.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');
    for (const match of text.matchAll(wanted)) {
      if (this.#places.push([match.index, match[0].length]) >= MAX_FOUND) break;
    }
  }

  get summary() {
    const found = this.#places.length;
    return found >= MAX_FOUND ? `${plural(found, 'match', 'matches')} or more` : plural(found, 'match', 'matches');
  }

  /** The text in pieces, each made by `show`. */
  marked(show) {
    const pieces = [];
    let at = 0;
    for (const [start, length] of this.#places) {
      pieces.push(show(this.#text.slice(at, start)), html`<mark>${show(this.#text.slice(start, start + length))}</mark>`);
      at = start + length;
    }
    pieces.push(show(this.#text.slice(at)));
    return pieces;
  }
}
