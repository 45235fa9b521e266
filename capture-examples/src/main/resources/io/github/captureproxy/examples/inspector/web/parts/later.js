// The parts of the page that it doesn't begin with. Its first rows wait for every script that it does begin with; the
// others come when they are wanted, or soon after.

import { attempt } from './messages.js';

const PARTS = {
  detail: () => import('../detail/exchange-detail.js'),
  overview: () => import('../panels/overview-view.js'),
  sessions: () => import('../panels/sessions-view.js'),
  hosts: () => import('../panels/hosts-view.js'),
  cookies: () => import('../panels/cookies-view.js'),
  devices: () => import('../panels/devices-view.js'),
  settings: () => import('../panels/settings-view.js'),
  export: () => import('../dialogs/export-dialog.js'),
  replay: () => import('../dialogs/replay-dialog.js'),
};

/** Only then, so that nothing of it is in the way of the first rows. */
const REST_MILLIS = 2_000;

/** Has a part there soon: its elements may be used at once, and show something when it has come. */
export function need(part) {
  if (PARTS[part]) attempt(PARTS[part]);
}

/** Fetches all of them in a while, so that they are there even if the program ends: each when there is nothing to do. */
export async function fetchRest() {
  await new Promise((done) => setTimeout(done, REST_MILLIS));
  for (const part of Object.values(PARTS)) {
    await idle();
    await part().catch(() => {}); // whoever needs it then is told
  }
}

const idle = () => new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
