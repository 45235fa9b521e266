// What the list shows, as it stands in the address: a reload, a bookmark and a link from another view find it again.
// Such a link is `#/traffic?filter=status:5xx&row=12`; names and values are those of the call `/api/rows`.

const TEXTS = ['filter', 'search', 'host', 'session'];
const LISTS = ['methods', 'types', 'status'];
const FLAGS = ['errors', 'hidePassThrough', 'pinned'];
const PATH = '#/traffic';

/** Nothing narrowed, the newest last, no row chosen. */
export const INITIAL = Object.freeze({
  filter: '', search: '', host: '', session: '', methods: [], types: [], status: [],
  errors: false, hidePassThrough: false, pinned: false, sort: 'time', desc: false, row: 0, hosts: false,
});

/** The view that an address stands for; undefined for one that says nothing of it. */
export function parse(hash) {
  const [path, text] = hash.split('?');
  if (path !== PATH || !text) return undefined;
  const params = new URLSearchParams(text);
  const view = { ...INITIAL, sort: params.get('sort') || INITIAL.sort, row: Number(params.get('row')) || 0 };
  for (const name of TEXTS) view[name] = params.get(name) ?? '';
  for (const name of LISTS) view[name] = params.get(name)?.split(',').filter(Boolean) ?? [];
  for (const name of [...FLAGS, 'desc', 'hosts']) view[name] = params.get(name) === '1';
  return view;
}

/** The address of a view. */
export function format(view) {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) {
    if (String(value) === String(INITIAL[name])) continue;
    params.set(name, Array.isArray(value) ? value.join(',') : value === true ? '1' : value);
  }
  const text = params.toString();
  return text ? `${PATH}?${text}` : PATH;
}

/** What the program is asked for. */
export function query(view) {
  return Object.fromEntries([...TEXTS, ...LISTS, ...FLAGS, 'sort', 'desc'].map((name) => [name, view[name]]));
}

/** Whether it leaves rows out. */
export function isNarrowed(view) {
  return TEXTS.some((name) => view[name].trim()) || LISTS.some((name) => view[name].length > 0)
    || FLAGS.some((name) => view[name]);
}

/** The same view of all rows. */
export function widened(view) {
  return { ...INITIAL, sort: view.sort, desc: view.desc, row: view.row, hosts: view.hosts };
}

/** Whether rows come in at an end of the list, so that one can stay there. */
export const isByTime = (view) => view.sort === 'time';
