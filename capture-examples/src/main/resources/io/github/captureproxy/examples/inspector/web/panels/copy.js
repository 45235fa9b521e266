// Puts a text on the clipboard, and says so.

import { toast } from '../parts/messages.js';

export async function copy(text, what = 'Copied') {
  try {
    await navigator.clipboard.writeText(text);
    toast(what);
  } catch {
    toast('This browser does not let the page copy. Select the text and copy it by hand.', 'error');
  }
}
