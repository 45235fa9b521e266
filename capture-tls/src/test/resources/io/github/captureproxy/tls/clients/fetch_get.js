const http = require('http'), tls = require('tls');
const [port, url, version] = process.argv.slice(1);
const protocol = 'TLSv' + version;

function connect({ hostname }, done) {
  const request = http.request(
      { host: '127.0.0.1', port, method: 'CONNECT', path: hostname + ':443', headers: { Host: hostname + ':443' } });
  request.on('error', done).on('connect', (response, socket) => {
    const secure = tls.connect(
        { socket, servername: hostname, minVersion: protocol, maxVersion: protocol, ALPNProtocols: ['http/1.1'] });
    secure.once('secureConnect', () => done(null, secure)).once('error', done);
  }).end();
}

async function main() {
  await fetch('data:,'); // the agent's class is there only from the first use on
  const Agent = globalThis[Symbol.for('undici.globalDispatcher.1')].constructor;
  console.log(await (await fetch(url, { dispatcher: new Agent({ connect }) })).text());
  process.exit(0);
}

main().catch(error => { console.error(error, error.cause); process.exit(1); });
