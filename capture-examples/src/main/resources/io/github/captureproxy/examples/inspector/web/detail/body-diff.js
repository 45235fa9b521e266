// What differs between two bodies: lines of text that went and came; JSON is laid out in lines first.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { json, withQuery } from '../api.js';
import { bytes, plural } from '../parts/format.js';
import { seen } from './unseen.js';
import { laidOut } from './json-lines.js';

/** Longer texts take a browser too long to compare. */
const MAX_BYTES = 512 * 1024;
const MAX_EDITS = 4_000;
/** So many lines that are the same are shown around a change. */
const AROUND = 3;

class BodyDiff extends Part {
  static properties = { before: {}, after: {}, changes: { state: true }, words: { state: true } };

  willUpdate(changed) {
    if (changed.has('before') || changed.has('after')) this.#compare();
  }

  async #compare() {
    const [before, after] = [this.before, this.after];
    this.changes = undefined;
    this.words = 'Comparing…';
    const said = await compared(before, after).catch((error) => ({ words: error.message }));
    if (before !== this.before || after !== this.after) return;
    this.words = said.words;
    this.changes = said.changes;
  }

  render() {
    if (!this.changes) return html`<p class="soft">${this.words}</p>`;
    return html`<p class="soft">${this.words}</p><pre class="line-diff" tabindex="0">${this.changes.map((change, index) => this.#change(change, index))}</pre>`;
  }

  #change({ value, added, removed }, index) {
    if (added || removed) {
      const [sign, words] = added ? ['+', 'only in the second'] : ['−', 'only in the first'];
      return html`<span class=${added ? 'added' : 'removed'}><span class="hidden-text">${words}: </span>${seen(signed(value, sign))}</span>`;
    }
    const lines = value.split('\n');
    if (lines.at(-1) === '') lines.pop();
    const first = index === 0 ? 0 : AROUND;
    const last = index === this.changes.length - 1 ? 0 : AROUND;
    if (lines.length <= first + last + 1) return seen(signed(value, ' '));
    return html`${first ? seen(signed(`${lines.slice(0, first).join('\n')}\n`, ' ')) : nothing}<span class="soft">  … ${plural(lines.length - first - last, 'line')} the same …
</span>${last ? seen(signed(`${lines.slice(-last).join('\n')}\n`, ' ')) : nothing}`;
  }
}

const signed = (text, sign) => `${text.replace(/\n$/, '').split('\n').map((line) => `${sign} ${line}`).join('\n')}\n`;

async function compared(before, after) {
  const [old, now] = await Promise.all([json(`${before}/facts`), json(`${after}/facts`)]);
  if (old.size === 0 && now.size === 0) return { words: 'Neither has a body.' };
  if (old.decoded === null || now.decoded === null || !isText(old) || !isText(now)) return bytesCompared(old, now);
  if (Math.max(old.decoded, now.decoded) > MAX_BYTES) return { words: `Bodies of more than ${bytes(MAX_BYTES)} are not compared here.` };
  const [first, second] = await Promise.all([text(before, old), text(after, now)]);
  if (first === second) return { words: `The same ${bytes(old.decoded)}.` };
  const { diffLines } = await import('diff');
  const changes = diffLines(first, second, { maxEditLength: MAX_EDITS });
  if (!changes) return { words: 'They differ in more than can be shown line by line.' };
  const went = changes.filter((change) => change.removed).reduce((sum, change) => sum + change.count, 0);
  const came = changes.filter((change) => change.added).reduce((sum, change) => sum + change.count, 0);
  return { words: `${plural(went, 'line')} only in the first, ${plural(came, 'line')} only in the second.`, changes };
}

const isText = (facts) => !['BINARY', 'IMAGE', 'GRPC', 'PROTOBUF'].includes(facts.kind);

function bytesCompared(old, now) {
  return { words: `They are not compared byte by byte: ${bytes(old.size)} in the first, ${bytes(now.size)} in the second.` };
}

async function text(base, facts) {
  if (facts.size === 0) return '';
  const piece = await json(withQuery(`${base}/text`, { length: MAX_BYTES }));
  return facts.kind === 'JSON' ? laidOut(piece.text) : piece.text;
}

customElements.define('body-diff', BodyDiff);
