// Keeps a popover beside the button that opens it, within the window: browsers place one in the middle otherwise.

const EDGE = 8;

/** For the `beforetoggle` event of a popover: puts it below its button, with their right edges in line. */
export function placeBelow(event) {
  if (event.newState !== 'open') return;
  const popover = event.target;
  const button = document.querySelector(`[popovertarget=${popover.id}]`).getBoundingClientRect();
  popover.style.setProperty('top', `${button.bottom + 4}px`);
  popover.style.setProperty('right', `${Math.max(EDGE, document.documentElement.clientWidth - button.right)}px`);
  popover.style.setProperty('max-height', `calc(100dvh - ${button.bottom + 4 + EDGE}px)`);
}
