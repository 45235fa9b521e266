// The phases of an exchange as bars on one line of time.

import { html, nothing } from 'lit';
import { Part } from '../parts/element.js';
import { millis } from '../parts/format.js';
import { styled } from '../parts/styled.js';

const PHASES = [
  ['blocked', 'Waiting for a connection'], ['dns', 'Name resolution'], ['connect', 'Connecting'], ['tls', 'TLS handshake'],
  ['send', 'Sending the request'], ['waiting', 'Waiting for the response'], ['receive', 'Receiving the response'],
];

/** Bars with their start and length; the TLS handshake is the end of connecting. */
function bars(timings) {
  let at = 0;
  const list = [];
  for (const [id, name] of PHASES) {
    const length = timings[id];
    if (length === null || length === undefined) continue;
    if (id === 'tls') list.push({ id, name, start: Math.max(0, at - length), length, within: true });
    else {
      list.push({ id, name, start: at, length });
      at += length;
    }
  }
  return { list, total: at };
}

class TimingChart extends Part {
  static properties = { detail: { attribute: false } };

  render() {
    const { list, total } = bars(this.detail.timings);
    if (list.length === 0) return html`<p class="soft">No times are known.</p>`;
    return html`
      <table class="timings" aria-label="Phases">
        <tbody>
          ${list.map((bar) => html`<tr class=${bar.within ? 'within' : ''}>
            <th scope="row">${bar.name}</th>
            <td class="bar-cell"><i class="bar-of-time phase-${bar.id}" ${styled({
              'margin-inline-start': `${(100 * bar.start) / (total || 1)}%`, width: `${Math.max(0.25, (100 * bar.length) / (total || 1))}%`,
            })}></i></td>
            <td class="number">${millis(bar.length)}</td>
          </tr>`)}
          <tr class="total"><th scope="row">In all</th><td></td><td class="number">${millis(total)}</td></tr>
        </tbody>
      </table>
      ${list.some((bar) => bar.id === 'connect') ? nothing : html`<p class="soft">The connection to the server was there already.</p>`}`;
  }
}

customElements.define('timing-chart', TimingChart);
