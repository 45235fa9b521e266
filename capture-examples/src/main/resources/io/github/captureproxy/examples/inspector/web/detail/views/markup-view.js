// XML and HTML as an indented source.

import { html, nothing } from 'lit';
import { Part } from '../../parts/element.js';
import { json, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { styled } from '../../parts/styled.js';
import { count } from '../../parts/format.js';
import { seen } from '../unseen.js';
import { lines } from './markup.js';

const LENGTH = 256 * 1024;
const FIRST = 1_500;

class MarkupView extends Part {
  static properties = { body: { attribute: false }, piece: { state: true }, shown: { state: true } };

  #lines = [];

  willUpdate(changed) {
    if (changed.has('body')) this.#load();
  }

  async #load() {
    this.piece = undefined;
    this.shown = FIRST;
    const { base, query, facts } = this.body;
    const piece = await attempt(() => json(withQuery(`${base}/text`, { ...query, length: LENGTH })));
    this.#lines = piece ? lines(piece.text, facts.kind === 'HTML') : [];
    this.piece = piece;
  }

  render() {
    if (!this.piece) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    const rest = this.#lines.length - this.shown;
    return html`
      <div class="markup" tabindex="0" role="group" aria-label="Source, indented">
        ${this.#lines.slice(0, this.shown).map((line) => this.#line(line))}
      </div>
      ${rest > 0 ? html`<button @click=${() => (this.shown += FIRST)}>Show ${count(Math.min(rest, FIRST))} more lines</button>` : nothing}
      ${this.piece.more && rest <= 0 ? html`<p class="soft">This is the beginning alone. The whole of it is under Text.</p>` : nothing}`;
  }

  #line({ depth, kind, text, inner, end }) {
    return html`<div class="markup-line" ${styled({ '--level': depth })}>${kind === 'tag' ? tag(text)
      : html`<span class="markup-${kind}">${seen(text)}</span>`}${inner ? seen(inner) : nothing}${end ? tag(end) : nothing}</div>`;
  }
}

const ATTRIBUTE = /([^\s=<>"'/]+)(\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)/g;

/** A tag with its name, its attributes and their values told apart. */
function tag(text) {
  const name = text.match(/^<\/?[^\s/>]+/)?.[0] ?? text;
  const pieces = [html`<span class="markup-name">${seen(name)}</span>`];
  let at = name.length;
  ATTRIBUTE.lastIndex = at;
  for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text)) {
    pieces.push(seen(text.slice(at, match.index)), html`<span class="markup-attribute">${seen(match[1])}</span>${match[2]}<span
      class="markup-value">${seen(match[3])}</span>`);
    at = match.index + match[0].length;
  }
  pieces.push(html`<span class="markup-name">${seen(text.slice(at))}</span>`);
  return pieces;
}

customElements.define('markup-view', MarkupView);
