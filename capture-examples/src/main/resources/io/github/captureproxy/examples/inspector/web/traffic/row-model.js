// A row as the list has it: flat, with what cells show. From a recorded row, or from what is still open.

import { millis } from '../parts/format.js';

const PHASES = [
  ['blocked', 'waiting for a connection'], ['dns', 'looking up the name'], ['connect', 'connecting'], ['tls', 'TLS'],
  ['send', 'sending'], ['wait', 'waiting for the answer'], ['receive', 'receiving'],
];

/** From a row of `/api/rows`. */
export function recorded(row) {
  const { target, answer, ending, source } = row;
  return {
    id: row.id, open: false, tunnel: row.kind === 'TUNNEL', time: row.time,
    ...target, type: answer.type, family: answer.family.toLowerCase(), status: answer.status,
    upgradedTo: answer.upgradedTo, grpc: answer.grpc, grpcFailed: answer.grpcFailed,
    requestSize: row.requestSize, responseSize: row.responseSize,
    millis: row.durationMillis, phases: phases(row.timings), outcome: ending.outcome, detail: ending.detail, ok: ending.ok,
    ...source, why: row.tunnel, pinned: row.pinned, note: row.note,
  };
}

/** From what `/api/in-flight` tells. */
export function inFlight(open) {
  return {
    id: `open-${open.id}`, proxyId: open.id, open: true, tunnel: Boolean(open.tunnel), time: open.startedAt,
    ...open.target, type: open.type, family: 'none', status: open.status, upgradedTo: '', grpc: false,
    requestSize: undefined, responseSize: undefined, millis: open.elapsed, phases: [], outcome: 'OPEN',
    detail: open.waitingFor, ok: true, ...open.source, why: open.tunnel,
    pinned: false, note: '',
  };
}

/** The phases that happened, one after the other; TLS is taken out of the time to connect that it is part of. */
function phases(timings) {
  const nanos = (name) => Math.max(timings[`${name}Nanos`] ?? -1, 0);
  const spans = Object.fromEntries(PHASES.map(([name]) => [name, nanos(name) / 1e6]));
  spans.connect = Math.max(spans.connect - spans.tls, 0);
  return PHASES.map(([name, words]) => ({ name, words, millis: spans[name] })).filter((phase) => phase.millis > 0);
}

/** The phases in words, for who doesn't see their bars. */
export const phaseWords = (row) => row.phases.map((phase) => `${phase.words} ${millis(phase.millis)}`).join(', ');

/** The host, with its port unless that is the scheme's own. */
export function authority(row) {
  const usual = { http: 80, https: 443, ws: 80, wss: 443 }[row.scheme] === row.port || !row.port;
  const host = row.host.includes(':') ? `[${row.host}]` : row.host.slice(0, 255);
  return usual ? host : `${host}:${row.port}`;
}

/** The whole URL, as far as the row has it. */
export const url = (row) => `${row.scheme ? `${row.scheme}://` : ''}${authority(row)}${row.path}`;
