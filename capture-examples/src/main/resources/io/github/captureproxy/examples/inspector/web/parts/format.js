// Numbers and times as people read them.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function bytes(count) {
  if (count === undefined || count === null || count < 0) return '';
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

export function millis(value) {
  if (value === undefined || value === null || value < 0) return '';
  if (value < 1) return `${value.toFixed(2)} ms`;
  if (value < 1000) return `${Math.round(value)} ms`;
  if (value < 60_000) return `${(value / 1000).toFixed(2)} s`;
  return span(value);
}

/** A longer time, as 1:02:03. */
export function span(value) {
  const seconds = Math.floor(value / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? part : String(part).padStart(2, '0'))).join(':');
}

const TIME = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });

const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });

export const time = (value) => TIME.format(new Date(value));
export const dateTime = (value) => DAY.format(new Date(value));

/** The time of today, or the day with it. */
export function moment(value) {
  const at = new Date(value);
  return (at.toDateString() === new Date().toDateString() ? CLOCK : DAY).format(at);
}

export const count = (value) => (value ?? 0).toLocaleString();

/** Words as they begin a sentence. */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** One or many: `plural(2, 'row')` is `2 rows`. */
export const plural = (value, word, words = `${word}s`) => `${count(value)} ${value === 1 ? word : words}`;
