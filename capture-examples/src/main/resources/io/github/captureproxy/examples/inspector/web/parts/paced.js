// Looking again when something has changed, but only now and then: news come often, and nobody reads that fast.

export class Paced {
  #look;
  #every;
  #timer;
  #due = Infinity; // when the timer ends
  #last = 0;
  #looking; // the look under way, or the last one
  #underWay = 0;
  #again = Infinity; // how long after it to look again: something has changed meanwhile
  #there = false;

  /** Has `look` called for as long as an element is in the page: at its start, and at most once in `every` milliseconds. */
  constructor(element, every, look) {
    this.#look = look;
    this.#every = every;
    element.addController(this);
  }

  hostConnected() {
    this.#there = true;
    this.now();
  }

  hostDisconnected() {
    this.#there = false;
    this.#stop();
  }

  /** Looks, if not at once then as soon as it may. */
  soon() {
    this.#within(this.#every);
  }

  /** Looks when this long has passed since the last time, unless there is a reason to do so before. */
  later(millis) {
    this.#within(Math.max(millis, this.#every));
  }

  #within(millis) {
    if (!this.#there) return;
    if (this.#underWay) {
      this.#again = Math.min(this.#again, millis);
      return;
    }
    const due = this.#last + millis;
    if (due >= this.#due) return;
    this.#stop();
    this.#due = due;
    this.#timer = setTimeout(() => this.now(), Math.max(0, due - Date.now()));
  }

  /** Looks at once, or after the look that is under way, so that what is seen last is the latest; passes on what that gives. */
  now() {
    this.#stop();
    this.#underWay++;
    this.#looking = this.#after(this.#looking);
    return this.#looking;
  }

  async #after(before) {
    await before?.catch(() => {}); // whoever asked for that one has been told
    this.#again = Infinity;
    try {
      return await this.#look();
    } finally {
      this.#last = Date.now();
      this.#underWay--;
      if (this.#again < Infinity) this.#within(this.#again);
    }
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#due = Infinity;
  }
}
