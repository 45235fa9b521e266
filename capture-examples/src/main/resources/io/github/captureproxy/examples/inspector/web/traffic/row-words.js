// How a row ended or goes, in a word or two, and the colour class that goes with it.

const OUTCOMES = {
  CLIENT_ABORTED: 'client left', ORIGIN_ABORTED: 'cut off', MALFORMED_REQUEST: 'bad request',
  MALFORMED_RESPONSE: 'bad answer', FORBIDDEN: 'refused', UNKNOWN_HOST: 'no such host',
  CONNECT_FAILED: 'no connection', TLS_FAILED: 'TLS failed', TIMED_OUT: 'timed out', LOOP: 'loop',
  LIMIT_REACHED: 'limit reached', BROKEN_BY_RULE: 'broken by rule', PROXY_CLOSED: 'proxy ended',
  INTERNAL_ERROR: 'proxy failed', ANSWERED_BY_PROXY: 'by proxy',
};

const WAITING = {
  CONNECTION_SLOT: 'waits its turn', NAME_RESOLUTION: 'looks up name', CONNECT: 'connecting',
  TLS_HANDSHAKE: 'TLS handshake', REQUEST_BODY: 'sending', ORIGIN_READ: 'sending', RESPONSE_HEAD: 'waiting',
  RESPONSE_BODY: 'receiving', CLIENT_READ: 'client is slow', CLOSE: 'open',
};

/** What the status column says. */
export function statusText(row) {
  if (row.open) return row.status ? `${row.status} …` : (WAITING[row.detail] ?? 'open');
  if (row.status) return row.ok ? String(row.status) : `${row.status} ${OUTCOMES[row.outcome] ?? ''}`.trim();
  if (row.tunnel && row.ok) return row.outcome === 'UPGRADED' ? 'upgraded' : 'tunnel';
  return OUTCOMES[row.outcome] ?? 'no answer';
}

/** The class that colours it: of the status, or of what failed. */
export function statusClass(row) {
  if (row.open) return row.status ? `is-open is-${Math.floor(row.status / 100)}xx` : 'is-open';
  if (!row.ok && row.outcome !== 'ANSWERED_BY_PROXY') return 'is-failed';
  if (row.tunnel) return 'is-tunnel';
  return row.status ? `is-${Math.floor(row.status / 100)}xx` : '';
}

/** What a row is, in the type column. */
export function typeText(row) {
  if (row.upgradedTo) return row.upgradedTo.toLowerCase() === 'websocket' ? 'WebSocket' : row.upgradedTo;
  if (row.grpc) return 'gRPC';
  if (row.family === 'events' || row.type === 'text/event-stream') return 'events';
  return row.type.replace(/^(application|text|image|font|audio|video)\/(x-)?/, '');
}
