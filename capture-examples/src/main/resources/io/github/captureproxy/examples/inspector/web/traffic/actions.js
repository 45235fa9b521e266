// What the toolbar's buttons and the keys do, by name.

import { attempt } from '../parts/messages.js';
import { plural } from '../parts/format.js';
import { showKeys } from './keys-help.js';
import { copyAsCurl, note, pin, remove, removeMatching } from './row-actions.js';

const ACTIONS = {
  pin: (view, rows) => changing(view, rows, pin),
  note: (view, rows) => changing(view, rows, note),
  curl: (view, rows) => copyAsCurl(rows),
  replay: (view, rows) => view.emit('replay-row', { id: rows.find((row) => !row.tunnel).id }),
  compare: (view, rows) => {
    view.choosing.cancel();
    view.compared = rows.map((row) => row.id);
  },
  delete: async (view, rows) => {
    if (!(await remove(rows))) return;
    const ids = rows.map((row) => row.id);
    view.selection.drop(ids);
    if (ids.includes(view.view.row)) view.change({ row: 0 });
    refresh(view);
  },
};

/** Those that need no row. */
const FREE = {
  keys: () => showKeys(),
  hosts: (view) => view.change({ hosts: !view.view.hosts }),
  export: (view, rows) => view.emit('export-rows', rows.length > 0
    ? { ids: rows.map((row) => row.id), what: plural(rows.length, 'row') }
    : { query: view.data.query, what: plural(view.data.source.matched, 'row') }),
  clear: async (view) => {
    if (!(await removeMatching(view.data.query, view.data.source.matched))) return;
    view.selection.clear();
    view.change({ row: 0 });
    refresh(view);
  },
};

/** Does one; the chosen rows that are recorded are what it is done with. */
export function act(action, view) {
  const rows = view.selection.rows.filter((row) => !row.open);
  if (FREE[action]) attempt(() => FREE[action](view, rows));
  else if (rows.length > 0) attempt(() => ACTIONS[action](view, rows));
}

async function changing(view, rows, action) {
  const change = await action(rows);
  if (!change) return;
  for (const row of rows) {
    view.selection.renew({ ...row, ...change });
    view.data.source.patch(row.id, change);
  }
  refresh(view);
}

function refresh(view) {
  view.data.source.refresh(() => view.follow);
  view.version++;
}
