// The part of a JSON text that has been asked for, as a tree that opens and closes.

import { json, withQuery } from '../../api.js';

/** So many members are asked for at a time. */
export const PAGE = 200;
/** A tree with more rows than this is no longer one that a person reads, nor one that a page shows well. */
export const MAX_ROWS = 4_000;

const OPEN_AT_FIRST = 60;

const isContainer = (node) => node.kind === 'object' || node.kind === 'array' || node.kind === 'lines';

export class JsonModel {
  #body;
  root;
  problem;

  constructor(body) {
    this.#body = body;
  }

  async #branch(path, from, depth) {
    const { base, query } = this.#body;
    return json(withQuery(`${base}/json`, { ...query, path: path.join('.'), from, limit: PAGE, depth }));
  }

  async load() {
    const { node, problem } = await this.#branch([], 0, 3);
    this.problem = problem;
    if (!node) return;
    this.root = made(node, [], undefined);
    this.root.open = true;
    if (this.root.members.length <= OPEN_AT_FIRST) {
      let left = OPEN_AT_FIRST;
      for (const member of this.root.members) {
        left -= member.members.length;
        member.open = left > 0 && member.members.length > 0;
      }
    }
  }

  /** Opens a node, or closes it. */
  async toggle(node, open = !node.open) {
    if (!isContainer(node) || node.count === 0) return;
    if (open && node.members.length === 0) await this.more(node);
    node.open = open;
  }

  /** Asks for more of a node's members. */
  async more(node) {
    const { node: branch } = await this.#branch(node.path, node.members.length, 2);
    if (!branch) return;
    const from = node.members.length;
    node.members.push(...branch.members.map((member, index) => made(member, [...node.path, from + index], node)));
  }

  /** Opens the way to a node; undefined if it lies too far behind others to be shown. */
  async reveal(path) {
    let node = this.root;
    for (const ordinal of path) {
      while (node.members.length <= ordinal && node.members.length < node.count) {
        const before = node.members.length;
        if (ordinal - before > MAX_ROWS) return undefined;
        await this.more(node);
        if (node.members.length === before) return undefined;
      }
      node.open = true;
      node = node.members[ordinal];
      if (!node) return undefined;
    }
    return node;
  }

  /** What is seen of it, from top to bottom: nodes, and rows that ask for more. */
  rows() {
    const rows = [];
    const visit = (node, level) => {
      if (rows.length >= MAX_ROWS) return;
      rows.push({ node, level });
      if (!node.open) return;
      for (const member of node.members) visit(member, level + 1);
      if (node.members.length < node.count) rows.push({ more: node, level: level + 1 });
    };
    if (this.root) visit(this.root, 1);
    return rows;
  }
}

function made(node, path, parent) {
  const whole = { ...node, path, parent, open: false, members: [] };
  whole.members = node.members.map((member, index) => made(member, [...path, index], whole));
  return whole;
}

/** Where a node stands, as a JSON pointer (RFC 6901). */
export function pointer(node) {
  const steps = [];
  for (let at = node; at.parent && at.parent.kind !== 'lines'; at = at.parent) {
    steps.unshift(`/${at.name === null || at.name === undefined ? at.path.at(-1) : at.name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
  return steps.join('');
}
