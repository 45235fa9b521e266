// Copies text, and says so.

import { toast } from './messages.js';

export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyTheOldWay(text)) {
      toast('The browser does not let this page copy.', 'error');
      return;
    }
  }
  toast(`${what} copied`);
}

/** Where a page may not use the clipboard, but a chosen text can be copied. */
function copyTheOldWay(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'hidden-text';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}
