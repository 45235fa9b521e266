// XML and HTML taken apart into tags and texts, as they stand, for a source that can be read. Nothing is interpreted but
// where elements end that HTML lets end without a tag.

const TOKEN = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<![^>]*>?|<\/?[A-Za-z_:](?:[^"'>]|"[^"]*"|'[^']*')*>|[^<]+|</g;
const RAW = new Set(['script', 'style', 'textarea', 'title']);
const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']);
/** What ends where another one begins, within the element that holds them. */
const SIBLINGS = ['li', 'p', 'tr', 'option', 'dt dd', 'td th', 'thead tbody tfoot'].map((names) => names.split(' '));
const SHORT = 100;

class Source {
  lines = [];
  #open = []; // the names of the elements around
  #isHtml;

  constructor(isHtml) {
    this.#isHtml = isHtml;
  }

  #add(kind, text, name) {
    this.lines.push({ depth: this.#open.length, kind, text, name });
  }

  take(token) {
    if (/^<[!?]/.test(token)) this.#add(token.startsWith('<![CDATA[') ? 'text' : 'comment', token);
    else if (token.startsWith('</')) this.#end(token);
    else if (token.length > 1 && token.startsWith('<')) this.#start(token);
    else if (token.trim() !== '') this.#add('text', token.trim());
  }

  /** The text of a script or the like. */
  raw(text) {
    const bare = text.replace(/^\s*\n|\s+$/g, '');
    if (bare !== '') this.#add('raw', bare);
  }

  #name(token) {
    const name = token.match(/^<\/?([^\s/>]+)/)?.[1] ?? '';
    return this.#isHtml ? name.toLowerCase() : name;
  }

  #start(token) {
    const name = this.#name(token);
    const siblings = this.#isHtml && SIBLINGS.find((names) => names.includes(name));
    if (siblings && siblings.includes(this.#open.at(-1))) this.#open.pop();
    this.#add('tag', token, name);
    if (!token.endsWith('/>') && !(this.#isHtml && VOID.has(name))) this.#open.push(name);
  }

  /** An end tag without a start tag changes nothing; otherwise what is open within its element ends, too. */
  #end(token) {
    const name = this.#name(token);
    const at = this.#open.lastIndexOf(name);
    if (at >= 0) this.#open.length = at;
    if (at < 0 || !this.#joined(name, token)) this.#add('tag', token, name);
  }

  /** An end tag stays on the line of its start tag where there is at most a short text between them. */
  #joined(name, token) {
    const last = this.lines.at(-1);
    const before = this.lines.at(-2);
    const starts = (line) => line?.kind === 'tag' && line.name === name && line.depth === this.#open.length && !line.end
      && !line.text.startsWith('</');
    if (starts(last)) {
      last.end = token;
      return true;
    }
    const short = (last?.kind === 'text' || last?.kind === 'raw') && last.text.length < SHORT && !last.text.includes('\n');
    if (!short || !starts(before)) return false;
    this.lines.pop();
    before.inner = last.text;
    before.end = token;
    return true;
  }

  /** The element whose text is no markup, if one has just begun. */
  get rawElement() {
    const last = this.lines.at(-1);
    return this.#isHtml && last?.kind === 'tag' && RAW.has(this.#open.at(-1)) && last.name === this.#open.at(-1) && !last.end
      ? last.name : undefined;
  }
}

/** Lines of `{depth, kind, text, inner, end}`; `kind` is tag, text, comment, or raw. */
export function lines(text, isHtml) {
  const source = new Source(isHtml);
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    source.take(match[0]);
    const raw = source.rawElement;
    if (raw) {
      const end = new RegExp(`</${raw}`, 'gi');
      end.lastIndex = TOKEN.lastIndex;
      const stop = end.exec(text)?.index ?? text.length;
      source.raw(text.slice(TOKEN.lastIndex, stop));
      TOKEN.lastIndex = stop;
    }
  }
  return source.lines;
}
