// The keys of the list.

import { html } from 'lit';
import { tell } from '../parts/questions.js';

const KEYS = [
  ['↑ ↓', 'move in the list; with Shift, choose on the way'],
  ['Page up, Page down', 'move by what is in view'],
  ['Home, End', 'go to the first, the last row'],
  ['Space', 'choose this row too, or no longer'],
  ['Ctrl+A', 'choose all rows, up to 500'],
  ['Enter', 'open the detail'],
  ['Esc', 'close the detail'],
  ['/', 'search'],
  ['f', 'filter'],
  ['p', 'pin, or unpin'],
  ['n', 'write a note'],
  ['c', 'copy as cURL'],
  ['Delete', 'delete'],
  ['g', 'go to the newest row, and stay there'],
  ['Alt+1 to Alt+7', 'go to another view'],
  ['?', 'show these keys'],
];

export function showKeys() {
  return tell(html`<h2>Keys</h2><table class="keys">
    <tbody>${KEYS.map(([key, words]) => html`<tr><th scope="row"><kbd>${key}</kbd></th><td>${words}</td></tr>`)}</tbody>
  </table>`);
}
