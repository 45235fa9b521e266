// Looking again when something has changed, but only now and then: news come often, and nobody reads that fast.

export class Paced {
  #look;
  #every;
  #timer;
  #last = 0;

  /** Has `look` called for as long as an element is in the page: at its start, and at most once in `every` milliseconds. */
  constructor(element, every, look) {
    this.#look = look;
    this.#every = every;
    element.addController(this);
  }

  hostConnected() {
    this.now();
  }

  hostDisconnected() {
    this.#stop();
  }

  /** Looks, if not at once then as soon as it may. */
  soon() {
    this.#timer ??= setTimeout(() => this.now(), Math.max(0, this.#last + this.#every - Date.now()));
  }

  /** Looks at once; what that gives is passed on. */
  now() {
    this.#stop();
    this.#last = Date.now();
    return this.#look();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
