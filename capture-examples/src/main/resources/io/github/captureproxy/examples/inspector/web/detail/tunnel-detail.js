// A tunnel: why it was handled as it was, what can be done about that, and what is known of it.

import { html, nothing } from 'lit';
import { ROUTES } from './connections.js';
import { Part } from '../parts/element.js';
import { bytes, capital, count, dateTime, millis } from '../parts/format.js';
import { fixLink } from '../traffic/fix-link.js';
import { facts } from './facts.js';
import { term } from './filters.js';
import { outcomeWords, sideWords } from './outcome-words.js';
import { seenInLine } from './unseen.js';

const PHASES = {
  NEGOTIATION: 'before a certificate was shown', CERTIFICATE: 'after the certificate was shown',
  FINISHED: 'before any data was sent', ESTABLISHED: 'later on',
};

class TunnelDetail extends Part {
  static properties = { tunnel: { attribute: false } };

  render() {
    const { tunnel } = this;
    const words = tunnel.why;
    const link = fixLink(words);
    const host = tunnel.host.includes(':') ? `[${tunnel.host}]` : tunnel.host;
    return html`<article class="detail" aria-label="Tunnel" data-row=${tunnel.row}>
      <header class="detail-head">
        <h2 class="url-line"><span class="method">CONNECT</span> <span class="mono url">${seenInLine(host)}:${tunnel.port}</span></h2>
        <div class="reason">
          <p><b>${sentence(words.title)}</b> ${words.detail ? seenInLine(sentence(words.detail)) : nothing}</p>
          ${words.fix ? html`<p>${sentence(words.fix)} ${link
            ? html`<a class="button" href=${link.href} data-action="fix">${link.words}</a>` : nothing}</p>` : nothing}
        </div>
        ${tunnel.outcome.ok || words.reason === 'NOT_OPENED' ? nothing : html`<p class="problem">${outcomeWords(tunnel.outcome)}</p>`}
      </header>
      <div class="detail-panel">
        ${this.#failures(tunnel.failures)}
        <h3>Tunnel</h3>
        ${facts(this, [
          ['Host', tunnel.host, term('host', tunnel.host)], ['Port', tunnel.port, term('port', tunnel.port)],
          ['Started', dateTime(tunnel.startedAt)], ['Open for', millis(tunnel.duration)],
          ['Sent', `${count(tunnel.bytesSent)} bytes (${bytes(tunnel.bytesSent)})`],
          ['Received', `${count(tunnel.bytesReceived)} bytes (${bytes(tunnel.bytesReceived)})`],
          ['Route', ROUTES[tunnel.route.kind], undefined, tunnel.route.nextHop],
          ['How it ended', outcomeWords(tunnel.outcome)],
        ])}
        <h3>What the client said by TLS</h3>
        ${tunnel.fingerprint === null && tunnel.serverName === null ? html`<p class="soft">Nothing: no TLS hello was seen.</p>`
          : facts(this, [
            ['Server name (SNI)', tunnel.serverName ?? 'not sent'], ['ALPN', tunnel.alpn.join(', ') || 'nothing offered'],
            ['JA4 fingerprint', tunnel.fingerprint],
          ])}
        <h3>Client</h3>
        ${facts(this, [
          ['Address', tunnel.client.address, term('client', tunnel.client.address.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''))],
          ['Process', tunnel.client.process],
          ['User', tunnel.client.user], ['Connection', count(tunnel.client.connection)],
          ['Listening address', tunnel.client.listener],
        ])}
      </div>
    </article>`;
  }

  #failures(failures) {
    if (failures.length === 0) return nothing;
    return html`<h3>Handshakes that failed</h3>
      ${failures.map((failure) => html`<div class="failure">
        <p><b>${seenInLine(capital(failure.problem))}.</b> <span class="soft">${capital(sideWords(failure.side))},
          ${PHASES[failure.phase]}, ${dateTime(failure.time)}</span></p>
        ${facts(this, [['Name', failure.name], ['Alert', failure.alert], ['Certificates', failure.certificates.join(' ← ')]])}
      </div>`)}`;
  }
}

const sentence = (text) => `${capital(text)}${text.endsWith('.') ? '' : '.'}`;

customElements.define('tunnel-detail', TunnelDetail);
