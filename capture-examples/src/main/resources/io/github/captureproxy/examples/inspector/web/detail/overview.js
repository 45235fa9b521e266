// An exchange in facts: what was asked of whom by whom, how it ended, and how much passed.

import { html, nothing } from 'lit';
import { bytes, count, dateTime, millis } from '../parts/format.js';
import { facts } from './facts.js';
import { term } from './filters.js';
import { outcomeWords, sideWords } from './outcome-words.js';
import './field-table.js';

const amount = (value) => `${count(value)} bytes${value >= 1024 ? ` (${bytes(value)})` : ''}`;

export function overview(detail, host) {
  const { target, client, response, sizes, outcome, grpc } = detail;
  return html`
    <h3>Exchange</h3>
    ${facts(host, [
      ['Method', target.method, term('method', target.method)],
      ['Host', target.host, term('host', target.host)],
      ['Port', target.port || '', term('port', target.port)],
      ['Path', target.path, term('path', target.path)],
      ['Status', response && `${response.status} ${response.reason}`, response && term('status', response.status)],
      ['Content type', response?.body.contentType, typeFilter(response?.body.contentType)],
      ['Content coding', response?.body.coding],
      ['How it ended', outcomeWords(outcome), outcome.ok ? undefined : term('outcome', outcome.status.toLowerCase()),
        outcome.ok ? undefined : sideWords(outcome.side)],
      ['Started', dateTime(detail.startedAt)],
      ['Duration', millis(detail.duration)],
      ['Rules', detail.rules.names.join(', ')],
    ])}
    ${grpc ? html`<h3>gRPC call</h3>${facts(host, [
      ['Service', grpc.service], ['Method', grpc.method],
      ['Status', grpc.status === null ? undefined : `${grpc.status} ${grpc.statusName}`], ['Message', grpc.message],
      ['Deadline', grpc.timeout === null ? undefined : millis(grpc.timeout)],
      ['Request coding', grpc.requestEncoding], ['Response coding', grpc.responseEncoding],
    ])}` : nothing}
    <h3>Client</h3>
    ${facts(host, [
      ['Address', client.address, term('client', client.address.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''))],
      ['Process', client.process],
      ['User', client.user, client.user && term('user', client.user)],
      ['Connection', `${count(client.connection)}`, undefined, 'the same for all exchanges on this connection'],
      ['Listening address', client.listener, term('label', client.listener)],
      ['Number in its proxy', detail.proxyId],
    ])}
    <h3>Bytes on the wire</h3>
    ${facts(host, [
      ['Request head', amount(sizes.requestHead)], ['Request body', amount(sizes.requestBody)],
      ['Response head', amount(sizes.responseHead)], ['Response body', amount(sizes.responseBody)],
      ['SHA-256 of the response body', response?.body.sha256], ['SHA-256 of the request body', detail.request.body.sha256],
    ])}
    ${detail.informational.map((interim) => html`<h3>Interim response ${interim.status} ${interim.reason}</h3>
      ${interim.headers.length ? html`<field-table .fields=${interim.headers} label="Fields of the interim response"></field-table>`
        : html`<p class="soft">No header fields.</p>`}`)}`;
}

function typeFilter(type) {
  const bare = type?.split(';')[0].trim();
  return bare ? term('type', bare) : undefined;
}
