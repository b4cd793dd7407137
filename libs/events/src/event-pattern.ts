import { DELIVERABLE_EVENTS } from './payloads/catalogue';

/** Too frequent to come with a wildcard (I11): only who names it gets it. */
const NAMED_ONLY: ReadonlySet<string> = new Set(['device.heartbeat']);

export const comesByWildcard = (type: string): boolean => !NAMED_ONLY.has(type);

/** Whether an endpoint with these patterns gets the event. `charging.*`: all that begin so; `*`: all. */
export function wantsEvent(patterns: readonly string[], type: string): boolean {
  return patterns.some((pattern) => pattern === type || (comesByWildcard(type) && covers(pattern, type)));
}

/** False: no event can ever match it, so it is a slip of the pen. */
export const isKnownPattern = (pattern: string): boolean =>
  DELIVERABLE_EVENTS.some((type) => pattern === type || covers(pattern, type));

const covers = (pattern: string, type: string): boolean =>
  pattern === '*' || (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));
