// JSON laid out one member a line, token by token: numbers and strings stay as they are, and what is no JSON passes.

const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|\s+|[^"{}[\],:\s]+/g;
const MAX_DEPTH = 100;

export function laidOut(source) {
  let depth = 0;
  let text = '';
  const line = () => { text += `\n${'  '.repeat(Math.min(depth, MAX_DEPTH))}`; };
  let opened = false;
  for (const [token] of source.matchAll(TOKEN)) {
    if (/^\s/.test(token)) continue;
    if (token === '}' || token === ']') {
      depth = Math.max(0, depth - 1);
      if (!opened) line();
    } else if (opened) line();
    opened = token === '{' || token === '[';
    if (opened) depth++;
    text += token === ':' ? ': ' : token;
    if (token === ',') line();
  }
  return `${text}\n`;
}
