// How an exchange or a tunnel ended, in a sentence.

const STATUS = {
  COMPLETED: 'Completed', UPGRADED: 'Left HTTP by an upgrade, and ended in order', CLIENT_ABORTED: 'The client left first',
  ORIGIN_ABORTED: 'The server broke off', MALFORMED_REQUEST: 'The request broke the rules of HTTP',
  MALFORMED_RESPONSE: 'The response broke the rules of HTTP', FORBIDDEN: 'The client may not use the proxy for this',
  UNKNOWN_HOST: 'The host name could not be resolved', CONNECT_FAILED: 'The server could not be connected to',
  TLS_FAILED: 'A TLS handshake failed', TIMED_OUT: 'Time ran out', LOOP: 'The request would have come back to the proxy',
  LIMIT_REACHED: 'A limit of the proxy was reached', ANSWERED_BY_PROXY: 'The proxy answered by itself',
  BROKEN_BY_RULE: 'A rule broke it off', PROXY_CLOSED: 'The proxy was closed meanwhile',
  INTERNAL_ERROR: 'The proxy failed, which is a defect',
};

const SIDES = { CLIENT: 'on the client’s side', ORIGIN: 'on the server’s side', PROXY: 'in the proxy' };

/** Such as “The server broke off: connection reset”. */
export function outcomeWords({ status, detail }) {
  const words = STATUS[status] ?? status;
  return detail ? `${words}: ${detail}` : `${words}.`;
}

export const sideWords = (side) => SIDES[side] ?? '';
