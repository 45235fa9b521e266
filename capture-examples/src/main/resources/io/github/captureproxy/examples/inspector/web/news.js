// What the program tells as it happens, by one stream of events for all windows of a browser that are looked at: one of
// them has it, and tells the others. Where a browser keeps its windows apart, each has a stream of its own.

import { call, json } from './api.js';

/** Events named by their topic, with the value as `detail`; of the stream itself `connection`, with what is wrong with it. */
export const news = new EventTarget();

/** A hidden window leaves the stream to others after this: a browser has six connections for all of them together. */
const HIDDEN_MILLIS = 5_000;

const LOST = 'The program does not answer. It may have ended; this page tries again.';
const CROWDED = 'The page is open too often to be told what is new: it tries again; close it elsewhere.';

const SHARED = 'capture-news';
const others = channel();

function channel() {
  try {
    return navigator.locks && new BroadcastChannel(SHARED);
  } catch {
    return undefined; // what a person lets no page keep, no page may share either
  }
}

/** Listens for news until the page goes; a window that is shown again catches up. */
export async function listen() {
  others?.addEventListener('message', ({ data: [topic, detail] }) => dispatch(topic, detail));
  for (let welcome = true; welcome;) {
    await shown();
    const hidden = whenHidden();
    welcome = await follow(hidden.signal);
    hidden.abort();
  }
}

/** Hears news, by another window or by the stream itself once no other one has it. False if the program knows us no more. */
async function follow(signal) {
  if (!others) return lead(signal);
  const led = await navigator.locks.request(SHARED, { ifAvailable: true }, (free) => free && lead(signal))
    .catch(() => lead(signal)); // it may not take turns
  if (led !== null) return led;
  const status = await catchUp(dispatch).catch((error) => error.status);
  if (status === 401) return false;
  return navigator.locks.request(SHARED, { signal }, () => lead(signal)).catch(() => true); // it was hidden while it waited
}

/** Has the stream for all windows, until this one is hidden. False if the program knows us no more. */
async function lead(signal) {
  for (let wait = 500; !signal.aborted; wait = Math.min(wait * 2, 8_000)) {
    let problem = LOST;
    try {
      const response = await call('/api/events', { signal });
      await catchUp(tell);
      tell('connection', '');
      wait = 500;
      await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch (error) {
      if (error.status === 401) return false;
      if (signal.aborted) break; // nothing is wrong
      if (error.status === 503) problem = await catchUp(tell).then(() => CROWDED, () => LOST);
    }
    tell('connection', problem);
    await new Promise((done) => setTimeout(done, wait));
  }
  return true;
}

const shown = () => new Promise((done) => {
  if (document.hidden) document.addEventListener('visibilitychange', done, { once: true });
  else done();
});

/** Aborts once the window has been hidden for a while. */
function whenHidden() {
  const hidden = new AbortController();
  let timer;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => hidden.abort(), HIDDEN_MILLIS);
  };
  document.addEventListener('visibilitychange', look, { signal: hidden.signal });
  hidden.signal.addEventListener('abort', () => clearTimeout(timer));
  look();
  return hidden;
}

/** Tells what there was no stream for. */
async function catchUp(hearer) {
  const state = await json('/api/state');
  hearer('state', state);
  hearer('rows', { latest: state.latest, total: state.rows });
}

/** Tells this window and the others. */
function tell(topic, detail) {
  dispatch(topic, detail);
  others?.postMessage([topic, detail]);
}

function dispatch(topic, detail) {
  news.dispatchEvent(new CustomEvent(topic, { detail }));
}

async function read(reader) {
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const topic = block.match(/^event: (.*)$/m)?.[1];
      const data = block.match(/^data: (.*)$/m)?.[1];
      if (topic && data) tell(topic, JSON.parse(data));
    }
  }
}
