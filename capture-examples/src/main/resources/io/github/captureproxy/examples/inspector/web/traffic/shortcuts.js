// The keys of the view, wherever in it one is but in a field; not while a dialog or a menu is open, which may not have the focus.

import { act } from './actions.js';

const ACTIONS = { p: 'pin', n: 'note', c: 'curl', Delete: 'delete', '?': 'keys' };

export function shortcut(event, view) {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable], dialog, [popover]');
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (document.querySelector('dialog[open], :popover-open')) return;
  if (event.key === 'Escape') {
    if (view.view.row || view.compared) view.closeDetail();
  } else if (event.key === '/' || event.key === 'f') {
    view.querySelector('filter-bar').focusField(event.key === 'f' ? 'filter' : 'search');
  } else if (event.key === 'g') {
    view.setFollow(true);
  } else if (ACTIONS[event.key]) {
    act(ACTIONS[event.key], view);
  } else {
    return;
  }
  event.preventDefault();
}
