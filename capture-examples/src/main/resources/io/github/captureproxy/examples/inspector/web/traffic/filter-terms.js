// What a filter can say, for its help: as the library's `ExchangeFilter.parse` reads it.

export const TERMS = [
  ['orders', 'a word alone: the URL contains it'],
  ['method:GET,POST', 'the request’s method'],
  ['host:*.shop.example', 'the host; *. stands for every name under it'],
  ['path:/orders/*', 'the path; ** crosses slashes'],
  ['url:text', 'the URL contains it'],
  ['regex:expression', 'the URL has a match for a regular expression'],
  ['query:name=value', 'a parameter of the URL, with or without its value'],
  ['scheme:https', 'http or https'],
  ['port:8443', 'the port, given or implied'],
  ['status:5xx', 'the status: 404, 5xx or 400-499'],
  ['type:image/*', 'the response’s content type; also request-type'],
  ['header:name=value', 'a field of either message; also request-header, response-header'],
  ['body:"two words"', 'text of either body; also request-body, response-body'],
  ['json:/path=value', 'a value in JSON, by its pointer; also request-json, response-json'],
  ['graphql:name', 'the name of a GraphQL operation'],
  ['duration:>500ms', 'how long it took; also < and us, ms, s, m'],
  ['size:>100k', 'bytes of the response’s body; also request-size'],
  ['outcome:timed_out', 'how it ended'],
  ['client:10.0.0.0/8', 'the client’s address'],
  ['user:ann', 'the proxy user'],
  ['label:app', 'the label of the listening address'],
  ['is:failed', 'also tunnelled, media, api, preflight'],
];

export const RULES = [
  ['a b', 'both hold; a blank is enough'],
  ['a or b', 'one of them holds'],
  ['-a', 'it doesn’t hold; also: not a'],
  ['(a or b) c', 'brackets are what they seem'],
  ['"a b"', 'quotes keep blanks and brackets together'],
];
