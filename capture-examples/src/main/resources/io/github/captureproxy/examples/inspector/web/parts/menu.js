// Keeps a popover beside the button that opens it, within the window: browsers place one in the middle otherwise.

const EDGE = 8;
const GAP = 4;
/** In less room than this, a popover rather stands above its button, if there is more. */
const ENOUGH = 240;

/** For the `beforetoggle` event of a popover: puts it below its button or above it, with their right edges in line. */
export function placeBeside(event) {
  if (event.newState !== 'open') return;
  const popover = event.target;
  const button = document.querySelector(`[popovertarget=${popover.id}]`).getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  const below = height - button.bottom - GAP - EDGE;
  const above = button.top - GAP - EDGE;
  const isBelow = below >= Math.min(ENOUGH, above);
  popover.style.setProperty('top', isBelow ? `${button.bottom + GAP}px` : 'auto');
  popover.style.setProperty('bottom', isBelow ? 'auto' : `${height - button.top + GAP}px`);
  popover.style.setProperty('right', `${Math.max(EDGE, width - button.right)}px`);
  popover.style.setProperty('max-height', `${isBelow ? below : above}px`);
}
