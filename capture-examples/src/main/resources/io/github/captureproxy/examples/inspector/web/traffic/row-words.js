// How a row ended or goes, in a word or two, and the colour class that goes with it.

/** The status column has room for the longest of them, and for a number with a mark. */
const OUTCOMES = {
  CLIENT_ABORTED: 'client left', ORIGIN_ABORTED: 'cut off', MALFORMED_REQUEST: 'bad request',
  MALFORMED_RESPONSE: 'bad answer', FORBIDDEN: 'refused', UNKNOWN_HOST: 'no such host',
  CONNECT_FAILED: 'unreachable', TLS_FAILED: 'TLS failed', TIMED_OUT: 'timed out', LOOP: 'loop',
  LIMIT_REACHED: 'over a limit', BROKEN_BY_RULE: 'cut by rule', PROXY_CLOSED: 'proxy ended',
  INTERNAL_ERROR: 'proxy failed', ANSWERED_BY_PROXY: 'by proxy',
};

const WAITING = {
  CONNECTION_SLOT: 'waits its turn', NAME_RESOLUTION: 'name lookup', CONNECT: 'connecting',
  TLS_HANDSHAKE: 'handshake', REQUEST_BODY: 'sending', ORIGIN_READ: 'sending', RESPONSE_HEAD: 'waiting',
  RESPONSE_BODY: 'receiving', CLIENT_READ: 'client is slow', CLOSE: 'open',
};

/**
 * What the status column says: `{text, mark, words}`, where a mark stands beside a status that doesn't tell all, and means
 * the words.
 */
export function status(row) {
  if (row.open) return { text: row.status ? `${row.status} …` : (WAITING[row.detail] ?? 'open') };
  const words = OUTCOMES[row.outcome] ?? '';
  if (row.grpcFailed && row.ok) return { text: String(row.status), mark: 'broken', words: row.detail };
  if (row.status) {
    const mark = row.outcome === 'ANSWERED_BY_PROXY' ? 'turned' : 'broken';
    return row.ok || !words ? { text: String(row.status) } : { text: String(row.status), mark, words };
  }
  if (row.tunnel && row.ok) return { text: row.outcome === 'UPGRADED' ? 'upgraded' : 'tunnel' };
  return { text: words || 'no answer' };
}

/** The class that colours it: of the status, or of what failed. */
export function statusClass(row) {
  if (row.open) return row.status ? `is-open is-${Math.floor(row.status / 100)}xx` : 'is-open';
  if (!row.ok && row.outcome !== 'ANSWERED_BY_PROXY') return 'is-failed';
  if (row.grpcFailed) return 'is-5xx';
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
