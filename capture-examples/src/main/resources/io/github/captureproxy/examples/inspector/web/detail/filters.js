// The texts of filters for what the detail shows, as the library reads them.

/** A value with quotes around it where it needs them. */
export function quoted(value) {
  return /^[\w.*/+~:@=;-]+$/.test(value) && !/^(and|or|not)$/i.test(value) && !value.startsWith('-')
    ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`;
}

const cut = (value) => value.slice(0, 200);

/** `key:value`; of several values that a comma would part, only a value without one can be told. */
export const term = (key, value) => `${key}:${quoted(cut(String(value)))}`;

/** A field of a message, `request-header` or `response-header`. */
export const field = (key, name, value) => `${key}:${quoted(`${name}=${cut(value)}`)}`;

/** A value in JSON at a pointer; undefined for what a filter can't compare, such as objects. */
export function jsonTerm(key, pointer, node) {
  if (!['string', 'number', 'boolean', 'null'].includes(node.kind) || node.text.length > 200) return undefined;
  return `${key}:${quoted(`${pointer}=${node.text}`)}`;
}
