// What can be done with chosen rows, each as one function of those rows.

import { copy } from '../parts/clip.js';
import { call, json, withQuery } from '../api.js';
import { toast } from '../parts/messages.js';
import { plural } from '../parts/format.js';
import { askText, askWhether } from '../parts/questions.js';

/** More commands in one clipboard nobody pastes. */
const MAX_COPIED = 50;

/** Pins all, or unpins them if all are pinned. */
export async function pin(rows) {
  const pinned = !rows.every((row) => row.pinned);
  for (const row of rows) await json(`/api/rows/${row.id}/pin`, { method: 'POST', body: { pinned } });
  toast(`${plural(rows.length, 'row')} ${pinned ? 'pinned: they stay when old ones are deleted' : 'no longer pinned'}`);
  return { pinned };
}

/** Writes a note beside them. */
export async function note(rows) {
  const text = rows.every((row) => row.note === rows[0].note) ? rows[0].note : '';
  const title = rows.length === 1 ? 'Note' : `Note for ${plural(rows.length, 'row')}`;
  const answer = await askText({ title, label: 'What to remember; empty for no note', text });
  if (answer === undefined) return undefined;
  for (const row of rows) await json(`/api/rows/${row.id}/note`, { method: 'POST', body: { note: answer.trim() } });
  return { note: answer.trim() };
}

/** Deletes them, if that is meant. */
export async function remove(rows) {
  const pinned = rows.filter((row) => row.pinned).length;
  const meant = await askWhether({
    title: `Delete ${plural(rows.length, 'row')}?`,
    text: `${pinned ? `${pinned === 1 ? 'One of them is' : `${pinned} of them are`} pinned. ` : ''}This can’t be undone.`,
    action: 'Delete',
  });
  if (!meant) return false;
  await json('/api/rows', { method: 'DELETE', body: { ids: rows.map((row) => row.id) } });
  toast(`${plural(rows.length, 'row')} deleted`);
  return true;
}

/** Deletes all rows that a query means, if that is meant. */
export async function removeMatching(query, matched) {
  const meant = await askWhether({
    title: `Delete ${plural(matched, 'row')}?`,
    text: 'All rows of the list are deleted, but for pinned ones. This can’t be undone.', action: 'Delete',
  });
  if (!meant) return false;
  const { deleted } = await json(withQuery('/api/rows', query), { method: 'DELETE' });
  toast(`${plural(deleted, 'row')} deleted`);
  return true;
}

/** Puts commands on the clipboard that make the same calls. */
export async function copyAsCurl(rows) {
  const calls = rows.filter((row) => !row.tunnel).slice(0, MAX_COPIED);
  const commands = [];
  for (const row of calls) commands.push((await (await call(`/api/exchanges/${row.id}/copy/curl`)).text()).trimEnd());
  await copy(`${commands.join('\n\n')}\n`, plural(calls.length, 'command'));
}
