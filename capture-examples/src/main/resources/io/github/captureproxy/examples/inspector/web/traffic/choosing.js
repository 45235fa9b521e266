// How rows are chosen, by mouse or keys: also ones that have to be fetched first.

import { attempt, toast } from '../parts/messages.js';
import { plural } from '../parts/format.js';
import { MAX_SELECTED } from './selection.js';

/** While a key is held down, the detail waits until it is let go. */
const DETAIL_MILLIS = 90;

export class Choosing {
  #host;
  #pending; // what was chosen and isn't here yet
  #seeking; // a row whose place is being asked for
  #timer;

  /** The view that it works for. */
  constructor(host) {
    this.#host = host;
  }

  /** Chooses what is at a place: `only`, `toggle`, `span` from the last one, or `all`. */
  async choose({ place, how, by }) {
    this.cancel();
    if (how === 'all') return this.#all();
    const { list, data, selection } = this.#host;
    if (by === 'keys') list.reveal(place);
    if (how === 'span') return this.#span(place);
    const row = data.model.at(place);
    if (!row) {
      this.#pending = { place, how, by };
      selection.place = place;
      return undefined;
    }
    selection[how](row, place);
    this.#chosen(how === 'only' && by === 'mouse');
    return undefined;
  }

  /** Shows a row that an address names, wherever it is in the list. */
  async show(id) {
    const asked = (this.#seeking = { id });
    this.#host.follow = false;
    const place = (await attempt(() => this.#host.data.find(id))) ?? -1;
    if (this.#seeking !== asked || !this.#host.isConnected) return;
    this.#seeking = undefined;
    if (place >= 0) {
      this.#pending = { place, how: 'only', by: 'address' };
      this.changed(false);
    } else {
      this.#host.selection.clear();
      this.#host.settle();
    }
  }

  /** Another list: it begins where lists usually do, unless the row that was chosen is in it. */
  #again() {
    const { selection, view } = this.#host;
    const id = selection.active?.id ?? view.row;
    if (id && typeof id === 'number') {
      this.show(id);
    } else {
      this.#host.selection.clear();
      this.#host.settle();
    }
  }

  /** Something else was asked for: what is on its way comes too late. */
  cancel() {
    clearTimeout(this.#timer);
    this.#pending = undefined;
    this.#seeking = undefined;
  }

  /** Rows have come or changed. */
  changed(anew) {
    const { data, selection, list } = this.#host;
    this.#follow();
    const pending = this.#pending;
    if (anew && !pending && !this.#seeking && (selection.active || this.#host.view.row || !this.#host.follow)) {
      this.#again();
    } else if (pending) {
      if (list && pending.by === 'address') list.reveal(pending.place, true);
      const row = data.model.at(pending.place);
      if (row) {
        this.#pending = undefined;
        selection[pending.how](row, pending.place);
        this.#chosen(false);
      }
    } else if (selection.active) {
      const place = data.model.placeOf(selection.active.id);
      if (place >= 0) {
        selection.place = place;
        selection.renew(data.model.at(place));
      }
    }
  }

  /** What was open and chosen has been recorded: the record is chosen now. */
  #follow() {
    const { data, selection, view } = this.#host;
    const open = selection.active?.open ? selection.active : undefined;
    if (!open || data.model.open.some((row) => row.id === open.id)) return;
    const row = data.source.find((each) => each.proxyId === open.proxyId && each.time === open.time);
    if (!row) return;
    selection.replace(open.id, row);
    if (view.row === open.id) this.#host.change({ row: row.id });
  }

  async #span(place) {
    const { data, selection } = this.#host;
    const [first, last] = selection.span(place);
    const rows = await attempt(() => data.model.between(first, last));
    if (!rows) return;
    selection.these(rows, place === first ? rows[0] : rows[rows.length - 1], place);
    this.#chosen(false);
  }

  async #all() {
    const { data, selection } = this.#host;
    const all = data.model.count;
    if (all === 0) return;
    const rows = await attempt(() => data.model.between(0, Math.min(all, MAX_SELECTED) - 1));
    if (!rows) return;
    selection.these(rows, selection.active ?? rows[0], Math.max(selection.place, 0));
    if (all > MAX_SELECTED) {
      toast(`The first ${plural(MAX_SELECTED, 'row')} are chosen. Export and Clear work on all rows of the list when none is.`);
    }
    this.#chosen(false);
  }

  /** Shows what is chosen; its detail, if that is wanted or open. */
  #chosen(open) {
    const host = this.#host;
    host.version++;
    host.follow = false; // it would run away
    clearTimeout(this.#timer);
    const show = () => (open || host.view.row) && host.selection.active && host.openDetail(host.selection.active);
    if (open) show();
    else this.#timer = setTimeout(show, DETAIL_MILLIS);
  }
}
