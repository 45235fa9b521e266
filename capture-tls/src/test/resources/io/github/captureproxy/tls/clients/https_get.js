const http = require('http'), https = require('https'), tls = require('tls');
const [port, url, version] = process.argv.slice(1);
const { hostname } = new URL(url);
const fail = error => { console.error(error.code, error.message); process.exit(1); };
const connect = http.request(
    { host: '127.0.0.1', port, method: 'CONNECT', path: hostname + ':443', headers: { Host: hostname + ':443' } });
connect.on('error', fail).on('connect', (response, socket) => {
  const protocol = 'TLSv' + version;
  const createConnection = () =>
      tls.connect({ socket, servername: hostname, minVersion: protocol, maxVersion: protocol });
  https.get(url, { createConnection }, answer => {
    answer.on('error', fail).pipe(process.stdout);
  }).on('error', fail);
}).end();
