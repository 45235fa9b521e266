// Where a key leads in a list.

const STEPS = {
  ArrowUp: (place) => place - 1,
  ArrowDown: (place) => place + 1,
  PageUp: (place, count, page) => place - page,
  PageDown: (place, count, page) => place + page,
  Home: () => 0,
  End: (place, count) => count - 1,
};

/** The place that a key leads to from another; undefined for a key that leads nowhere. */
export function move(event, place, count, page) {
  const step = STEPS[event.key];
  if (!step || count === 0 || event.altKey) return undefined;
  return Math.max(0, Math.min(count - 1, step(place, count, page)));
}
