// Facts as a list of names and values; those without a value are left out.

import { html, nothing } from 'lit';
import { seenInLine } from './unseen.js';
import { valueActions } from './value-actions.js';

/** `facts`: [name, value, filter text?, note?]. */
export function facts(host, list) {
  const known = list.filter(([, value]) => value !== undefined && value !== null && value !== '');
  return html`<table class="field-list"><tbody>
    ${known.map(([name, value, filter, note]) => html`<tr><th scope="row">${name}</th>
      <td><div class="value"><span>${seenInLine(String(value))}${note ? html` <span class="soft">${note}</span>` : nothing}</span>
      ${valueActions(host, name, String(value), filter)}</div></td></tr>`)}
  </tbody></table>`;
}
