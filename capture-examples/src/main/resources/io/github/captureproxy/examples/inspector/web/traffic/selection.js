// Which rows are chosen: one, or many as with files; and the one that the keyboard is at.

/** What is done with more at once is done by a filter. */
export const MAX_SELECTED = 500;

export class Selection {
  #rows = new Map();
  #anchor = 0;
  /** The row that the keyboard is at, and where it was seen last. */
  active;
  place = -1;

  /** The chosen rows, as they were when they were chosen. */
  get rows() {
    return [...this.#rows.values()];
  }

  has(id) {
    return this.#rows.has(id);
  }

  clear() {
    this.#rows.clear();
    this.active = undefined;
  }

  /** This row alone. */
  only(row, place) {
    this.#rows = new Map([[row.id, row]]);
    this.#anchor = place;
    this.#at(row, place);
  }

  /** This row too, or no longer. */
  toggle(row, place) {
    if (!this.#rows.delete(row.id) && this.#rows.size < MAX_SELECTED) this.#rows.set(row.id, row);
    this.#anchor = place;
    this.#at(row, place);
  }

  /** From the row that was chosen last without Shift to the one at this place: the places to fetch, first and last. */
  span(place) {
    const anchor = Math.max(0, this.#anchor);
    const far = Math.sign(place - anchor) * Math.min(Math.abs(place - anchor), MAX_SELECTED - 1);
    return [Math.min(anchor, anchor + far), Math.max(anchor, anchor + far)];
  }

  /** These rows, with the keyboard at one of them. */
  these(rows, row, place) {
    this.#rows = new Map(rows.map((each) => [each.id, each]));
    if (row) this.#at(row, place);
  }

  /** Rows came in above. */
  shift(rows) {
    this.#anchor += rows;
    if (this.place >= 0) this.place += rows;
  }

  /** Another row stands for one of these: what was open was recorded. */
  replace(id, row) {
    if (this.#rows.delete(id)) this.#rows.set(row.id, row);
    if (this.active?.id === id) this.active = row;
  }

  /** Takes what a row has become. */
  renew(row) {
    if (this.#rows.has(row.id)) this.#rows.set(row.id, row);
    if (this.active?.id === row.id) this.active = row;
  }

  /** Without these. */
  drop(ids) {
    for (const id of ids) this.#rows.delete(id);
    if (ids.includes(this.active?.id)) this.active = undefined;
  }

  #at(row, place) {
    this.active = row;
    this.place = place;
  }
}
