// Why a tunnel was relayed, and what mends it where one thing does, in words.

const TRUST = {
  text: 'To see inside, have this device trust the capture authority, then open its trust check.',
  link: '#/devices', action: 'Trust it',
};

const PASSED = 'passed through: ';

const REASONS = {
  SERVER_SPEAKS_FIRST: { text: 'relayed: the server spoke first' },
  PLAIN_HTTP: { text: 'plain HTTP inside: its exchanges are listed' },
  NOT_TLS: { text: 'relayed: neither TLS nor HTTP' },
  NOT_CONFIGURED: {
    text: `${PASSED}HTTPS is not looked into`,
    fix: { text: 'To see inside, switch HTTPS on.', link: '#/settings', action: 'Settings' },
  },
  HOST_RULE: {
    text: `${PASSED}your rules leave this host alone`,
    fix: { text: 'To see inside, have this host inspected.', link: '#/hosts', action: 'Hosts' },
  },
  CLIENT_TLS_UNSUPPORTED: { text: `${PASSED}this client’s TLS can’t be served` },
  NOT_HTTP: { text: `${PASSED}the client doesn’t speak HTTP in it` },
  CLIENT_REJECTED_BEFORE: {
    text: `${PASSED}this client refused the capture authority’s certificate for this site before`, fix: TRUST,
  },
  CLIENT_DISTRUSTS: { text: `${PASSED}this client doesn’t trust the capture authority`, fix: TRUST },
  HSTS: {
    text: `${PASSED}this site uses HSTS and this device doesn’t trust the capture authority yet`, fix: TRUST,
  },
  ORIGIN_CERTIFICATE_INVALID: {
    text: `${PASSED}the site’s certificate is not valid`,
    fix: {
      text: 'The client judges for itself. If you know the certificate, start the program with --trust-origin or '
        + '--upstream-ca.',
      link: '#/hosts', action: 'Hosts',
    },
  },
  ORIGIN_TLS_FAILED: { text: `${PASSED}the TLS handshake with the site failed` },
  CLIENT_CERTIFICATE_WANTED: { text: `${PASSED}the site asks for a client certificate` },
  INTERCEPTED: { text: 'looked into: its exchanges are listed' },
  INTERCEPTED_NOT_HTTP: { text: 'looked into: not HTTP' },
  NOTHING_SENT: { text: 'nothing was sent' },
  NOT_OPENED: { text: 'not opened' },
  UPGRADED: { text: 'relayed after an upgrade' },
};

/**
 * The words for a reason: `{text, detail, fix}`; `fix` has the words of what to do and a link to where it is done.
 * With HSTS switched to leave every such site alone there is nothing to trust: that is a rule, too.
 */
export function tunnelWords(reason, detail = '') {
  if (reason === 'HSTS' && detail.includes('never')) {
    return {
      text: `${PASSED}this site uses HSTS, and --hsts pass-through leaves those alone`, detail: '',
      fix: { text: 'To see inside, start the program without --hsts pass-through.', link: '#/settings', action: 'Settings' },
    };
  }
  const known = REASONS[reason] ?? { text: (reason ?? '').toLowerCase().replaceAll('_', ' ') };
  return { text: known.text, detail, fix: known.fix };
}
