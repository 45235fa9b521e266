// Fields taken apart: parameters of a query, cookies.

/** The parameters of a query, decoded; with a note where they are not what UTF-8 makes of them. */
export function pairs(query) {
  return query.split('&').filter((pair) => pair !== '').map((pair) => {
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = decoded(equals < 0 ? '' : pair.slice(equals + 1));
    return { name: name.text, value: value.text, note: name.broken || value.broken ? 'not UTF-8, shown as sent' : undefined };
  });
}

function decoded(text) {
  try {
    return { text: decodeURIComponent(text.replaceAll('+', ' ')), broken: false };
  } catch {
    return { text, broken: true };
  }
}

const named = (headers, name) => headers.filter((header) => header.name.toLowerCase() === name);

const valueOf = (header) => header.utf8 ?? header.value;

/** The cookies of a request. */
export function cookies(headers) {
  return named(headers, 'cookie').flatMap((header) => valueOf(header).split(';'))
    .map((pair) => pair.trim()).filter((pair) => pair !== '').map(nameAndValue);
}

/** The cookies that a response sets, with their attributes as a note. */
export function setCookies(headers) {
  return named(headers, 'set-cookie').map((header) => {
    const [pair, ...attributes] = valueOf(header).split(';');
    return { ...nameAndValue(pair.trim()), note: attributes.map((each) => each.trim()).filter(Boolean).join('; ') };
  });
}

function nameAndValue(pair) {
  const equals = pair.indexOf('=');
  return equals < 0 ? { name: '', value: pair } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
}
