// What a person chose last, for the next exchange that they look at.

const PREFIX = 'capture-detail-';

export const remembered = {
  get: (name) => localStorage.getItem(PREFIX + name) ?? undefined,
  set: (name, value) => localStorage.setItem(PREFIX + name, value),
};
