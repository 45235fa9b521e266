// Where it is done what mends a tunnel that was not looked into.

const PLACES = { DEVICES: ['#/devices', 'Trust it'], SETTINGS: ['#/settings', 'Settings'] };

/** `{href, words}` of the best place, from the words that the program has for a tunnel; undefined for none. */
export function fixLink({ fix, fixes }) {
  if (!fix || fixes.length === 0) return undefined;
  const [href, words] = PLACES[fixes[0]] ?? ['#/hosts', 'Hosts'];
  return { href, words };
}
