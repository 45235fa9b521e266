// The rows of a list that is too long to have here: windows of it, fetched as they come into view. It keeps some pages,
// and asks again for those in view when it hears that something has changed, a few times a second at most.

const PAGE = 50;
/** Enough to scroll back and forth without a blank, and nothing against the memory of a page. */
const MAX_PAGES = 40;
const REFRESH_MILLIS = 250;

/** Tells of every change by the event `change`; of what can't be read by `refused`, with the error as `detail`. */
export class RowSource extends EventTarget {
  matched = 0;
  total = 0;
  loaded = false;
  complete = true;
  #load;
  #query;
  #good; // the last one that could be answered: the list stays with it while one types another
  #pages = new Map(); // page number to {rows, stale}, the one used last at the end
  #range = { first: 0, last: PAGE };
  #asking; // the call under way
  #next; // what to ask after it
  #lastRefresh = 0;
  #timer;

  /** `load(query, offset, limit, fromEnd, signal)` fetches a window: `{total, matched, offset, complete, rows}`. */
  constructor(load) {
    super();
    this.#load = load;
  }

  /** Whether the rows here are those of another question, as the answer to the last one isn't there yet. */
  get outdated() {
    return Boolean(this.#asking?.anew);
  }

  /** Asks for other rows; the old ones stay in view until the new ones are there. `fromEnd` shows the last ones. */
  ask(query, fromEnd = false) {
    this.#query = query;
    this.#range = { first: 0, last: PAGE };
    this.#fetch({ anew: true, fromEnd });
  }

  row(index) {
    return this.#pages.get(Math.floor(index / PAGE))?.rows[index % PAGE];
  }

  /** The index of a row that is here; -1 for one that isn't. */
  indexOf(id) {
    for (const [number, page] of this.#pages) {
      const at = page.rows.findIndex((row) => row?.id === id);
      if (at >= 0) return number * PAGE + at;
    }
    return -1;
  }

  /** A row that is here and is like this, the newest of them; undefined if none is. */
  find(like) {
    let found;
    for (const page of this.#pages.values()) {
      for (const row of page.rows) if (row && like(row) && !(found?.id > row.id)) found = row;
    }
    return found;
  }

  /** Says which rows are in view. */
  show(first, last) {
    this.#range = { first, last };
    if (this.#query && this.loaded && this.#lacks()) this.#fetch({});
  }

  /** Something may have changed; `fromEnd` tells at that time if the last rows are the ones to show. */
  refresh(fromEnd = () => false) {
    if (!this.#query || this.#timer) return;
    const wait = Math.max(0, this.#lastRefresh + REFRESH_MILLIS - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#lastRefresh = performance.now();
      for (const page of this.#pages.values()) page.stale = true;
      this.#fetch({ again: true, fromEnd: fromEnd() });
    }, wait);
  }

  /** Rows of a range, from here or fetched; for what is done with many of them. */
  async range(first, last) {
    const rows = [];
    for (let index = first; index <= last; index++) {
      if (!this.row(index)) return (await this.#load(this.#query, first, last - first + 1, false)).rows;
      rows.push(this.row(index));
    }
    return rows;
  }

  /** Changes what is here of a row, ahead of the next fetch. */
  patch(id, change) {
    for (const page of this.#pages.values()) {
      page.rows = page.rows.map((row) => (row?.id === id ? { ...row, ...change } : row));
    }
    this.#tell();
  }

  close() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#asking?.abort.abort();
  }

  #lacks() {
    for (let number = this.#firstPage(); number <= this.#lastPage(); number++) {
      const page = this.#pages.get(number);
      if (!page || page.stale || (page.rows.length < PAGE && number * PAGE + page.rows.length < this.matched)) return true;
    }
    return false;
  }

  #firstPage = () => Math.floor(this.#range.first / PAGE);
  #lastPage = () => Math.floor(Math.max(this.#range.first, Math.min(this.#range.last, this.matched - 1)) / PAGE);

  /** One call at a time; what is wanted meanwhile is asked for after it, and a new question ends it. */
  async #fetch(want) {
    if (this.#asking && !want.anew) {
      this.#next = { ...this.#next, ...want };
      return;
    }
    this.#asking?.abort.abort();
    this.#next = undefined;
    const asking = { abort: new AbortController(), anew: want.anew };
    this.#asking = asking;
    try {
      const answer = await this.#load(this.#query, ...this.#window(want), asking.abort.signal);
      if (this.#asking === asking) this.#take(answer, want.anew);
    } catch (error) {
      if (this.#asking === asking && error.name !== 'AbortError') {
        this.#query = this.#good;
        this.dispatchEvent(new CustomEvent('refused', { detail: error }));
      }
    }
    if (this.#asking === asking) this.#goOn();
  }

  #goOn() {
    const next = this.#next;
    this.#asking = undefined;
    this.#next = undefined;
    if (next && (next.again || this.#lacks())) this.#fetch(next);
  }

  /** What to ask for: offset, limit, and if that is counted from the end. */
  #window({ fromEnd = false }) {
    const offset = this.#firstPage() * PAGE;
    return [offset, fromEnd ? 3 * PAGE : (this.#lastPage() + 1) * PAGE - offset, fromEnd];
  }

  #take(answer, anew) {
    this.#good = this.#query;
    if (anew || answer.matched < this.matched) this.#pages.clear();
    const grown = this.loaded && !anew ? answer.matched - this.matched : 0;
    Object.assign(this, { matched: answer.matched, total: answer.total, complete: answer.complete, loaded: true });
    this.#put(answer.offset, answer.rows);
    this.#tell({ grown, anew });
  }

  /** Puts rows into their pages; a page that is only partly there keeps its other rows if it had them. */
  #put(offset, rows) {
    for (let at = 0; at < rows.length; ) {
      const number = Math.floor((offset + at) / PAGE);
      const start = (offset + at) % PAGE;
      const part = rows.slice(at, at + PAGE - start);
      const whole = start === 0;
      const kept = whole ? [] : (this.#pages.get(number)?.rows.slice(0, start) ?? []);
      while (kept.length < start) kept.push(undefined);
      this.#pages.delete(number);
      this.#pages.set(number, { rows: [...kept, ...part], stale: !whole && kept.includes(undefined) });
      at += part.length;
    }
    for (const number of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break;
      this.#pages.delete(number);
    }
  }

  #tell(detail = { grown: 0, anew: false }) {
    this.dispatchEvent(new CustomEvent('change', { detail }));
  }
}
