// The filter that lets everything through, with which the panel begins.
import type { TimelineFilter } from '../core/session/timeline.ts';

export const NO_FILTER: TimelineFilter = {
  levels: [],
  verdicts: [],
  agent: '',
  text: '',
  from: undefined,
  to: undefined,
};
