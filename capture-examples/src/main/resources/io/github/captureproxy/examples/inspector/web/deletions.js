// Tells, by the event `change`, that rows were deleted: in this window, in another one, or as they were too old.

import { news } from './news.js';

export const deletions = new EventTarget();

/** Rows are numbered without gaps, so that those which are missing were deleted. */
let missing;

news.addEventListener('rows', ({ detail: { latest, total } }) => {
  const now = latest - total;
  if (now > missing) deletions.dispatchEvent(new Event('change'));
  missing = now;
});
