CREATE TABLE entry(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL, listed INTEGER NOT NULL, time INTEGER NOT NULL, session INTEGER NOT NULL,
  status INTEGER NOT NULL, ok INTEGER NOT NULL, marks INTEGER NOT NULL, port INTEGER NOT NULL,
  request_size INTEGER NOT NULL, response_size INTEGER NOT NULL, duration INTEGER NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0,
  method TEXT NOT NULL, scheme TEXT NOT NULL, host TEXT NOT NULL, type TEXT NOT NULL,
  outcome TEXT NOT NULL, client TEXT NOT NULL, label TEXT NOT NULL, user TEXT NOT NULL,
  request_type TEXT NOT NULL, family TEXT NOT NULL,
  path TEXT NOT NULL, query TEXT NOT NULL, url TEXT NOT NULL,
  client_port INTEGER NOT NULL, process TEXT NOT NULL, detail TEXT NOT NULL, upgraded TEXT NOT NULL,
  reason TEXT NOT NULL, reason_detail TEXT NOT NULL, version TEXT NOT NULL, proxy_id INTEGER NOT NULL,
  blocked INTEGER NOT NULL, dns INTEGER NOT NULL, connect INTEGER NOT NULL, tls INTEGER NOT NULL,
  send INTEGER NOT NULL, wait INTEGER NOT NULL, receive INTEGER NOT NULL,
  note TEXT NOT NULL DEFAULT '');
CREATE INDEX entry_time ON entry(time);
CREATE INDEX entry_session ON entry(session);
CREATE INDEX entry_pinned ON entry(pinned) WHERE pinned = 1;
CREATE TABLE content(id INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE client(address TEXT PRIMARY KEY, bytes BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE session(
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, target TEXT NOT NULL, state TEXT NOT NULL,
  created INTEGER NOT NULL, running_since INTEGER NOT NULL, total INTEGER NOT NULL);
CREATE TABLE fact(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO fact VALUES('indexed', 0);
CREATE VIRTUAL TABLE search USING fts5(
  text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
PRAGMA application_id = 1667330168;
PRAGMA user_version = 1;
INSERT INTO entry(id, kind, listed, time, session, status, ok, marks, port, request_size, response_size, duration, method, scheme, host, type, outcome, client, label, user, request_type, family, path, query, url, client_port, process, detail, upgraded, reason, reason_detail, version, proxy_id, blocked, dns, connect, tls, send, wait, receive) VALUES(1, 0, 1, 1795939200001, 0, 200, 1, 4, 8443, 0, 28, 6000018, 'GET', 'https', 'shop.example', 'application/json', 'COMPLETED', '10.1.2.3', 'app', 'ann', '', 'json', '/orders/1', '?page=1', 'https://shop.example:8443/orders/1?page=1', 50000, '', '', '', '', '', 'HTTP/1.1', 1, 1, 2, 3, 4, 5, 6000000, 7);
INSERT INTO content VALUES(1, X'78017552c172d33010bdf315cc9e1d4776d212cc74985232cd01da1e7ca2e941b19758d49184a484b6997c0b3fc2ad3fc6935c980e533c9eb1ac7dbb6fdfdbddd38eaa2223d5a68f0fd2056e4f0355548af2785414a3f26d2d6695107873218a2f9451d32bd6c0ec49b6ad63efe351592415222ff2329f00648d03e448e03920c568cd4d504627a25ef9c09a1d52a4b5406ffdf0a335457422581894dcd38e9d4f79b4a8ebab71911711e2cc36700cdf2a8de6e9e2f2628e3a9aef42caa304e2ef5bf6a9d30d87ce44e0f9bc060e42d71c658e8d6b41302ede5bb9e69302b1170833324ead159adf936f3ade809aba10ac07be3391827c676cce7772637bc6eda07f369d4ed06dc732b250757d4da74dc3360001e5bd6a643465fccdc3999b9b8c56a6bd4f2cea011ce210a5b2b746fba416130a5bd42985880119d32afa5fd3cf69cf8c86e56154dfdbd8debfe4ef5e379d749ec3c9367c1dcd5ee8a59cc136d80bbefd127e40d0320e7349da04c67149e7eef1d7e34f9c0f141b0f6aa3f43a6dc7aa37cd2d0f5bd6ea28e0ef4e503501b4c7dd3423cf719a4719fd900a4cc7717d06a90dab1d2c7883ba1edea4aa6e98ef02eec2ab68489af787e461fa1f9c7b06182e9e10a885356a4c1c2706fbe42d9d5d7ebefa34afe71fe193572d827fd66b751f22334ab71ca4eaa3f787c3abdf298707d0');
INSERT INTO client VALUES('10.1.2.3', X'0a010203');
