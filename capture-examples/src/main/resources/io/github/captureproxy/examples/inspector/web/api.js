// Calls to the program. The key stays in this tab and its reloads; no cookie carries it.

const KEY = 'capture-key';

export class CallError extends Error {
  /** `said` is all that the program said of it, besides its words. */
  constructor(status, message, said = {}) {
    super(message);
    this.status = status;
    this.said = said;
  }
}

/** The token of a link of the program that this window was led to, also by one that was put into its address later. */
export const linkToken = () => location.hash.match(/^#([\w-]{40,})$/)?.[1];

/** Trades the token of the link that opened the page for a key; `stale` tells of a link that is good no more. */
export async function login() {
  const token = linkToken();
  let stale = false;
  if (token) {
    history.replaceState(null, '', '/#/traffic');
    const response = await fetch('/api/key', { method: 'POST', headers: { Authorization: `Bearer ${token}` } });
    stale = !response.ok;
    if (response.ok) {
      sessionStorage.setItem(KEY, (await response.json()).key);
    }
  }
  return { open: sessionStorage.getItem(KEY) !== null, stale };
}

/** Calls a path; its answer as a Response that is ok, or a CallError in the program's words. */
export async function call(path, { method = 'GET', body, signal } = {}) {
  const headers = { Authorization: `Bearer ${sessionStorage.getItem(KEY)}` };
  let response;
  try {
    response = await fetch(path, { method, headers, signal, body });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new CallError(0, 'The program does not answer: it may have ended.');
  }
  if (!response.ok) {
    const said = await response.json().catch(() => ({}));
    if (response.status === 401) {
      sessionStorage.removeItem(KEY);
      window.dispatchEvent(new CustomEvent('capture-locked'));
    }
    throw new CallError(response.status, said.message ?? `The program answers ${response.status}.`, said);
  }
  return response;
}

/** The JSON that a path answers with; undefined where it has nothing to say. */
export async function json(path, options = {}) {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const response = await call(path, { ...options, body });
  return response.status === 204 ? undefined : response.json();
}

/** A path with a query of what is set: arrays with commas, true as 1. */
export function withQuery(path, query) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value === true ? '1' : value;
    if (text !== undefined && text !== null && text !== false && text !== '') params.set(name, text);
  }
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** Saves what a path answers with as a file. */
export async function download(path, options) {
  const response = await call(path, options);
  const name = response.headers.get('Content-Disposition')?.match(/filename="([^"]*)"/)?.[1] ?? 'capture';
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
