// What the program tells as it happens, by one stream of events for as long as the tab is looked at.

import { call, json } from './api.js';

/** Events named by their topic, with the value as `detail`; of the stream itself `connection`, with what is wrong with it. */
export const news = new EventTarget();

/** A hidden tab lets its stream go after this: a browser has six connections for all tabs of the page together. */
const HIDDEN_MILLIS = 5_000;

const LOST = 'The program does not answer. It may have ended; this page tries again.';
const CROWDED = 'The page is open too often to be told what is new: it tries again; close it elsewhere.';

/** Listens for news until the page goes; a tab that is shown again catches up. */
export async function listen() {
  for (let wait = 500; ; wait = Math.min(wait * 2, 8_000)) {
    await shown();
    const hidden = whenHidden();
    let problem = LOST;
    try {
      const response = await call('/api/events', { signal: hidden.signal });
      await catchUp();
      tell('connection', '');
      wait = 500;
      await read(response.body.pipeThrough(new TextDecoderStream()).getReader());
    } catch (error) {
      if (error.status === 401) return;
      if (hidden.signal.aborted) continue; // nothing is wrong
      if (error.status === 503) problem = await catchUp().then(() => CROWDED, () => LOST);
    } finally {
      hidden.abort();
    }
    tell('connection', problem);
    await new Promise((done) => setTimeout(done, wait));
  }
}

const shown = () => new Promise((done) => {
  if (document.hidden) document.addEventListener('visibilitychange', done, { once: true });
  else done();
});

/** Aborts once the tab has been hidden for a while. */
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
async function catchUp() {
  const state = await json('/api/state');
  tell('state', state);
  tell('rows', { latest: state.latest, total: state.rows });
}

function tell(topic, detail) {
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
