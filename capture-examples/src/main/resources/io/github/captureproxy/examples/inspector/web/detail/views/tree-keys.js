// The keys of a tree (ARIA Authoring Practices, "Tree View"): up, down, right, left, Home, End; and c copies the path.

export function treeKey(event, rows, tree) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('button')) return;
  const nodes = rows.filter((row) => row.node).map((row) => row.node);
  const at = nodes.indexOf(tree.active);
  const go = (node) => node && tree.focusNode(node);
  const { active } = tree;
  const keys = {
    ArrowDown: () => go(nodes[at + 1]),
    ArrowUp: () => go(nodes[at - 1]),
    Home: () => go(nodes[0]),
    End: () => go(nodes.at(-1)),
    ArrowRight: () => (active.count > 0 && !active.open ? tree.toggle(active, true) : go(active.open && active.members[0])),
    ArrowLeft: () => (active.open ? tree.toggle(active, false) : go(active.parent)),
    Enter: () => tree.toggle(active),
    ' ': () => tree.toggle(active),
    c: () => tree.copyPath(active),
    f: () => tree.filterBy(active),
  };
  if (!active || !keys[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
}
