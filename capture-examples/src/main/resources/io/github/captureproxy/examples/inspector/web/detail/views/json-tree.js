// JSON as a tree, of which only what is opened is asked for. Arrow keys go through it as through any tree.

import { html, nothing } from 'lit';
import { Part } from '../../parts/element.js';
import { json, withQuery } from '../../api.js';
import { attempt } from '../../parts/messages.js';
import { bytes, count } from '../../parts/format.js';
import { copy } from '../../parts/clip.js';
import { jsonTerm } from '../filters.js';
import { styled } from '../../parts/styled.js';
import { seenInLine } from '../unseen.js';
import { drawing } from '../value-actions.js';
import { JsonModel, MAX_ROWS, PAGE, pointer } from './json-model.js';
import { treeKey } from './tree-keys.js';

class JsonTree extends Part {
  static properties = {
    body: { attribute: false }, version: { state: true }, active: { state: true }, words: { state: true }, found: { state: true },
  };

  #model;

  constructor() {
    super();
    this.version = 0;
    this.words = '';
  }

  willUpdate(changed) {
    if (changed.has('body')) this.#load();
  }

  async #load() {
    const model = new JsonModel(this.body);
    this.#model = undefined;
    this.active = undefined;
    this.found = undefined;
    await attempt(() => model.load());
    this.#model = model;
    this.active = model.root;
    this.version++;
  }

  render() {
    if (!this.#model) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    const { root, problem } = this.#model;
    if (!root) return html`${this.#problem(problem)}<text-view .body=${this.body}></text-view>`;
    const rows = this.#model.rows();
    return html`
      ${this.#tools()}
      ${this.#problem(problem)}
      <div class="json-tree" role="tree" aria-label="JSON" @keydown=${(event) => treeKey(event, rows, this)}>
        ${rows.map((row) => (row.node ? this.#row(row) : this.#moreRow(row)))}
      </div>
      ${rows.length >= MAX_ROWS ? html`<p class="soft">No more than ${count(MAX_ROWS)} rows are shown: close some, or search.</p>` : nothing}
      ${problem && this.#model.root ? html`<h3>As text</h3><text-view .body=${this.body}></text-view>` : nothing}`;
  }

  #tools() {
    const { found } = this;
    return html`<form class="body-tools" @submit=${(event) => { event.preventDefault(); this.#step(1); }}>
      <input type="search" aria-label="Search names and values" placeholder="Search names and values" .value=${this.words}
        @input=${(event) => { this.words = event.target.value; this.found = undefined; }}>
      ${found ? html`
        <button type="button" aria-label="Match before" ?disabled=${!found.paths.length} @click=${() => this.#step(-1)}>‹</button>
        <button type="submit" aria-label="Next match" ?disabled=${!found.paths.length}>›</button>
        <span class="soft" role="status">${found.paths.length
          ? `${count(found.at + 1)} of ${count(found.paths.length)}${found.more ? '+' : ''}` : 'nothing found'}</span>`
        : html`<button type="submit" ?disabled=${!this.words}>Find</button>`}
      <span class="grow"></span>
      <button type="button" data-action="copy-path" ?disabled=${!this.active} title="Copy the JSON pointer of the chosen value"
        @click=${() => this.copyPath(this.active)}>Copy path</button>
    </form>`;
  }

  #problem(problem) {
    if (!problem) return nothing;
    const { facts } = this.body;
    const cut = facts.captured < facts.size || !facts.complete || facts.problem;
    const tooLong = problem.message.includes('exceeds the maximum');
    return html`<p class="note-line">${tooLong ? 'A name or value in it is too long for the tree.' : cut ? 'The JSON breaks off where the captured part ends.'
      : html`This is not valid JSON at line ${count(problem.line)}, column ${count(problem.column)}: ${problem.message}`}</p>`;
  }

  #row({ node, level }) {
    const opens = node.count > 0;
    const active = node === this.active;
    return html`<div role="treeitem" class="json-row" aria-level=${level} aria-selected=${active}
      aria-expanded=${opens ? node.open : nothing} tabindex=${active ? 0 : -1} data-path=${node.path.join('.')}
      ${styled({ '--level': level })} @click=${() => this.#click(node)} @focus=${() => (this.active = node)}>
      <span class="twist" aria-hidden="true">${opens ? (node.open ? '▾' : '▸') : ''}</span>${this.#name(node)}${this.#value(node)}
      <span class="value-actions">
        ${this.#filter(node) ? html`<button class="quiet icon-button" tabindex="-1" data-action="filter" title="Filter the list by this"
          aria-label="Filter by this value" @click=${(event) => { event.stopPropagation(); this.filterBy(node); }}>${drawing('filter')}</button>` : nothing}
        ${opens ? nothing : html`<button class="quiet icon-button" tabindex="-1" data-action="copy-value" title="Copy" aria-label="Copy this value"
          @click=${(event) => { event.stopPropagation(); this.copyValue(node); }}>${drawing('copy')}</button>`}
      </span>
    </div>`;
  }

  #name(node) {
    if (!node.parent) return nothing;
    const known = node.name !== null && node.name !== undefined;
    return html`<span class=${known ? 'json-name' : 'json-index'}>${known ? seenInLine(node.name) : node.path.at(-1)}</span><span class="soft">:</span> `;
  }

  #value(node) {
    if (node.kind === 'string') {
      return html`<span class="json-string">"${seenInLine(node.text)}${node.length > node.text.length ? '…' : ''}"</span>${
        node.length > node.text.length ? html`<span class="soft"> ${count(node.length)} characters</span>` : nothing}`;
    }
    if (node.kind === 'object') return html`<span class="soft">${node.open ? '{' : `{ ${count(node.count)} }`}</span>`;
    if (node.kind === 'array') return html`<span class="soft">${node.open ? '[' : `[ ${count(node.count)} ]`}</span>`;
    if (node.kind === 'lines') return html`<span class="soft">${count(node.count)} values</span>`;
    return html`<span class="json-${node.kind}">${node.text}${node.length > node.text.length ? '…' : ''}</span>`;
  }

  #moreRow({ more, level }) {
    const left = more.count - more.members.length;
    return html`<div role="treeitem" class="json-row json-more" aria-level=${level} tabindex="-1" ${styled({ '--level': level })}>
      <button class="quiet" data-action="more-members" @click=${() => this.more(more)}>Show ${count(Math.min(PAGE, left))} more of
        ${count(left)} left</button></div>`;
  }

  #click(node) {
    this.active = node;
    if (!getSelection().toString()) this.toggle(node);
  }

  async toggle(node, open) {
    await attempt(() => this.#model.toggle(node, open));
    this.version++;
  }

  async more(node) {
    await attempt(() => this.#model.more(node));
    this.version++;
  }

  focusNode(node) {
    this.active = node;
    this.updateComplete.then(() => this.querySelector(`[data-path="${node.path.join('.')}"]`)?.focus());
  }

  #filter(node) {
    return this.body.filterKey && node.parent && jsonTerm(this.body.filterKey, pointer(node), node);
  }

  filterBy(node) {
    const text = this.#filter(node);
    if (text) this.emit('filter-add', { text });
  }

  copyPath(node) {
    copy(pointer(node), pointer(node) === '' ? 'The empty path of the whole text' : `Path ${pointer(node)}`);
  }

  async copyValue(node) {
    const { base, query } = this.body;
    const whole = node.length > node.text.length
      ? await attempt(() => json(withQuery(`${base}/json-value`, { ...query, path: node.path.join('.') }))) : node;
    if (whole) await copy(whole.text, `Value of ${bytes(new Blob([whole.text]).size)}`);
  }

  async #step(by) {
    const { base, query } = this.body;
    if (!this.words) return;
    await attempt(async () => {
      const found = this.found ?? { ...(await json(withQuery(`${base}/json-search`, { ...query, text: this.words }))), at: by > 0 ? -1 : 0 };
      const { length } = found.paths;
      const at = length ? (found.at + by + length) % length : 0;
      this.found = { ...found, at };
      const node = length ? await this.#model.reveal(found.paths[at]) : undefined;
      this.version++;
      if (!node) return;
      this.active = node;
      await this.updateComplete;
      this.querySelector(`[data-path="${node.path.join('.')}"]`)?.scrollIntoView({ block: 'nearest' });
    });
  }
}

customElements.define('json-tree', JsonTree);
