// The list as it is shown: recorded rows in the order that was asked for, and what is still open at the newest end.
// By time the program always counts from the oldest row, whichever way it is shown: so a row keeps its number as others
// come in.

export class ListModel {
  open = [];
  newestFirst = false;
  byTime = true;

  constructor(source) {
    this.source = source;
  }

  get count() {
    return this.source.matched + this.open.length;
  }

  /** The row at a place; undefined for one that isn't here yet. */
  at(place) {
    const index = this.#index(place);
    return index < this.source.matched ? this.source.row(index) : this.open[index - this.source.matched];
  }

  /** Where a row is; -1 if that is not known here. */
  placeOf(id) {
    const open = this.open.findIndex((row) => row.id === id);
    const index = open < 0 ? this.source.indexOf(id) : this.source.matched + open;
    return index < 0 ? -1 : this.placeAt(index);
  }

  /** The place of a row that the program knows by its number. */
  placeAt(index) {
    return this.newestFirst ? this.count - 1 - index : index;
  }

  /** Says which places are in view. */
  show(first, last) {
    const [from, to] = this.newestFirst ? [this.#index(last), this.#index(first)] : [first, last];
    this.source.show(Math.max(0, from), Math.max(0, to));
  }

  /** The rows between two places, both included, in the order of the list. */
  async between(first, last) {
    const [from, to] = this.newestFirst ? [this.#index(last), this.#index(first)] : [first, last];
    const matched = this.source.matched;
    const rows = from < matched ? await this.source.range(from, Math.min(to, matched - 1)) : [];
    const open = to >= matched ? this.open.slice(Math.max(0, from - matched), to - matched + 1) : [];
    const all = [...rows, ...open];
    return this.newestFirst ? all.reverse() : all;
  }

  #index(place) {
    return this.newestFirst ? this.count - 1 - place : place;
  }
}
