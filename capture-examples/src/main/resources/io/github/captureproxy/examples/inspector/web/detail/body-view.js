// A body in the ways in which it can be looked at. It is asked for piece by piece, never as a whole.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { download, json, withQuery } from '../api.js';
import { attempt } from '../parts/messages.js';
import { bytes, count } from '../parts/format.js';
import { remembered } from './remembered.js';
import { viewsOf } from './views/views.js';
import './tab-bar.js';

class BodyView extends Part {
  #body; // what a view gets: the same one until there is another body, so that it reads it once
  /** `base`: the path of the body; `query`: which part or message of it; `filterKey`: how a filter names its JSON. */
  static properties = {
    base: {}, query: { attribute: false }, filterKey: { attribute: false },
    facts: { state: true }, problem: { state: true }, chosen: { state: true },
  };

  willUpdate(changed) {
    if (changed.has('base') || changed.has('query')) this.#load();
  }

  async #load() {
    const [base, query] = [this.base, this.query];
    this.facts = undefined;
    this.problem = undefined;
    this.chosen = undefined;
    try {
      const facts = await json(withQuery(`${base}/facts`, query ?? {}));
      if (base !== this.base || query !== this.query) return;
      this.#body = { base, query: query ?? {}, facts, filterKey: this.filterKey ?? '' };
      this.facts = facts;
    } catch (error) {
      this.problem = error.message;
    }
  }

  render() {
    if (this.problem) return html`<p class="problem">${this.problem}</p>`;
    const { facts } = this;
    if (!facts) return html`<p class="soft" aria-busy="true">Reading…</p>`;
    if (facts.size === 0) return html`<p class="soft">No body.</p>`;
    if (facts.captured === 0) {
      return html`<p class="soft">${bytes(facts.size)} passed, and none of it was kept.</p>`;
    }
    const views = viewsOf(facts);
    const wanted = this.chosen ?? remembered.get(`view-${facts.kind}`);
    const view = views.find((each) => each.id === wanted) ?? views[0];
    const panel = `view-of-${this.base.split('/').slice(3).join('-')}`;
    return html`
      <div class="body-bar">
        <tab-bar small .tabs=${views} chosen=${view.id} label="Ways to see the body" controls=${panel}
          @tab-choose=${(event) => this.#choose(event)}></tab-bar>
        <span class="grow"></span>
        <span class="soft">${facts.contentType ?? 'no content type'}</span>
        <button data-action="save-body" @click=${() => this.#save(false)}>Save</button>
        ${facts.decoded !== facts.captured || facts.problem ? html`<button data-action="save-raw"
          title="Save the bytes as they were on the wire" @click=${() => this.#save(true)}>Save as sent</button>` : nothing}
      </div>
      ${this.#notes(facts)}
      <div role="tabpanel" id=${panel} aria-labelledby="${panel}-${view.id}" class="body-panel">
        ${view.view(this.#body)}
      </div>`;
  }

  #choose(event) {
    event.stopPropagation();
    this.chosen = event.detail;
    remembered.set(`view-${this.facts.kind}`, event.detail);
  }

  #notes(facts) {
    const notes = [];
    if (facts.captured < facts.size) {
      notes.push(`Only the first ${bytes(facts.captured)} of ${bytes(facts.size)} were kept.`);
    }
    if (!facts.complete) notes.push('The body broke off before its end.');
    if (facts.problem) {
      notes.push(facts.decoded === null ? `The bytes are shown as they were sent: ${facts.problem}.`
        : `Only its first ${bytes(facts.decoded)} can be shown: ${facts.problem}.`);
    }
    return notes.map((note) => html`<p class="note-line" title="${count(facts.captured)} of ${count(facts.size)} bytes">${note}</p>`);
  }

  #save(raw) {
    attempt(() => download(withQuery(this.base, { ...this.query, raw, download: true })));
  }
}

customElements.define('body-view', BodyView);
