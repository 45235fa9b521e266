// The two connections of an exchange: the client's to the proxy, and the proxy's to the server, with their TLS.

import { html, nothing } from 'lit';
import { dateTime } from '../parts/format.js';
import { facts } from './facts.js';
import { seenInLine } from './unseen.js';

export const ROUTES = { DIRECT: 'straight to the server', UPSTREAM_PROXY: 'through an upstream proxy', NONE: 'nothing was sent on' };
const VALIDITY = {
  VALID: 'valid for this name', TRUSTED_BY_FINGERPRINT: 'accepted by its fingerprint, as this program was told to',
};

export function connections(detail, host) {
  const { hops, client } = detail;
  return html`
    <h3>Client to proxy</h3>
    ${facts(host, [
      ['Address', client.address], ...hop(hops.client),
      ['Tunnel', detail.tunnelId === null ? undefined : `number ${detail.tunnelId}`, undefined,
        detail.tunnelReason === 'INTERCEPTED' ? 'looked into' : undefined],
    ])}
    ${hops.clientTls ? tls(hops.clientTls, host) : html`<p class="soft">No TLS.</p>`}
    <h3>Proxy to server</h3>
    ${facts(host, [
      ['Route', ROUTES[hops.route.kind]], ['Next hop', hops.route.nextHop], ['Address', hops.remoteAddress],
      ...(hops.origin ? hop(hops.origin) : []),
    ])}
    ${hops.originTls ? tls(hops.originTls, host) : hops.origin ? html`<p class="soft">No TLS.</p>` : nothing}`;
}

const hop = ({ version, stream, priority, reset }) => [
  ['HTTP version', version], ['Stream', stream], ['Priority', priority], ['Reset', reset],
];

function tls(side, host) {
  return html`
    ${facts(host, [
      ['TLS version', side.version], ['Cipher suite', side.cipherSuite], ['ALPN', side.alpn ?? 'nothing agreed on'],
      ['Server name (SNI)', side.serverName ?? 'not sent'], ['JA4 fingerprint', side.fingerprint],
      ['Resumed', side.resumed === null ? undefined : side.resumed ? 'yes' : 'no'],
      ['Certificate', VALIDITY[side.validity]],
    ])}
    ${side.certificates.map((certificate, index) => html`<details class="certificate">
      <summary>${index === 0 ? 'The server’s certificate' : `Certificate ${index + 1} of the chain`}
        <span class="soft">${seenInLine(certificate.subject)}</span></summary>
      ${facts(host, [
        ['Subject', certificate.subject], ['Issuer', certificate.issuer], ['Names', certificate.names.join(', ')],
        ['Valid', `${dateTime(certificate.from)} to ${dateTime(certificate.until)}`, undefined,
          certificate.until < Date.now() ? 'has ended' : undefined],
        ['Key', certificate.key], ['Signature', certificate.signature], ['Serial number', certificate.serial],
        ['SHA-256', certificate.sha256],
      ])}
    </details>`)}`;
}
