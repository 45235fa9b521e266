// The rows and what is still open, kept up to date by the program's news. It tells of every change by the event `change`
// with `{above, anew}` as detail: how many rows came in at the newest end, and if these are the first of another question.

import { json, withQuery } from '../api.js';
import { news } from '../news.js';
import { ListModel } from './list-model.js';
import { inFlight, recorded } from './row-model.js';
import { RowSource } from './row-source.js';
import { isByTime, isNarrowed, query } from './view-state.js';

/** What is open is asked for again this often while there is any, as its time goes on. */
const OPEN_MILLIS = 1_000;
/** A long list that is sorted anew lags behind what comes in; the last rows of a busy time are asked for after this. */
const LAG_MILLIS = 3_000;

export class TrafficData extends EventTarget {
  #view;
  #follows;
  #openTimer;
  #lagTimer;
  #openAsked = 0;
  #on = false;
  #heard = () => this.#news();

  /** `follows` tells if the newest rows are the ones to show. */
  constructor(follows) {
    super();
    this.#follows = follows;
    this.source = new RowSource(load);
    this.model = new ListModel(this.source);
    this.source.addEventListener('change', ({ detail }) => {
      this.#tell(detail);
      this.#catchUp();
    });
    this.source.addEventListener('refused', ({ detail }) =>
      this.dispatchEvent(new CustomEvent('refused', { detail })));
  }

  start() {
    this.#on = true;
    news.addEventListener('rows', this.#heard);
    news.addEventListener('state', this.#heard);
    news.addEventListener('connection', this.#heard);
    document.addEventListener('visibilitychange', this.#heard);
  }

  stop() {
    this.#on = false;
    news.removeEventListener('rows', this.#heard);
    news.removeEventListener('state', this.#heard);
    news.removeEventListener('connection', this.#heard);
    document.removeEventListener('visibilitychange', this.#heard);
    clearTimeout(this.#openTimer);
    clearTimeout(this.#lagTimer);
    this.#openTimer = undefined;
    this.source.close();
  }

  /** Asks for the rows of a view. */
  ask(view) {
    this.#view = view;
    this.model.byTime = isByTime(view);
    this.model.newestFirst = isByTime(view) && view.desc;
    this.source.ask(this.query, isByTime(view) && this.#follows());
    this.#askOpen();
  }

  /** What the program is asked for: by time always the oldest first, as rows keep their numbers then. */
  get query() {
    const asked = query(this.#view);
    return isByTime(this.#view) ? { ...asked, desc: false } : asked;
  }

  /** The place of a row wherever it is; -1 if the view leaves it out. */
  async find(id) {
    const known = this.model.placeOf(id);
    if (known >= 0) return known;
    const { index } = await json(withQuery('/api/rows/index', { ...this.query, id }));
    return index === null || index === undefined || index < 0 ? -1 : this.model.placeAt(index);
  }

  #catchUp() {
    clearTimeout(this.#lagTimer);
    const behind = !isNarrowed(this.#view) && this.source.matched < this.source.total;
    if (behind || !this.source.complete) this.#lagTimer = setTimeout(this.#heard, LAG_MILLIS);
  }

  #news() {
    if (document.hidden || !this.#view) return; // it hears of it when it is looked at again
    this.source.refresh(this.#follows);
    this.#askOpenSoon();
  }

  #askOpenSoon() {
    const wait = Math.max(0, this.#openAsked + OPEN_MILLIS - performance.now());
    this.#openTimer ??= setTimeout(() => {
      this.#openTimer = undefined;
      if (!document.hidden) this.#askOpen();
    }, wait);
  }

  /** What is open has no order but that of time. */
  async #askOpen() {
    this.#openAsked = performance.now();
    const view = this.#view;
    let open = [];
    if (isByTime(view)) {
      try {
        open = (await json(withQuery('/api/in-flight', query(view)))).open.map(inFlight);
      } catch (error) {
        if (error.status === 0 || error.status === 400) return; // the rows tell of it
        throw error;
      }
    }
    if (view !== this.#view || !this.#on) return;
    const above = open.length - this.model.open.length;
    const changed = open.length > 0 || this.model.open.length > 0;
    this.model.open = open;
    if (changed) this.#tell({ grown: above, anew: false });
    if (open.length > 0) this.#askOpenSoon();
  }

  #tell({ grown, anew }) {
    this.dispatchEvent(new CustomEvent('change', { detail: { above: grown, anew } }));
  }
}

async function load(asked, offset, limit, fromEnd, signal) {
  const answer = await json(withQuery('/api/rows', { ...asked, offset, limit, fromEnd }), { signal });
  return { ...answer, rows: answer.rows.map(recorded) };
}
