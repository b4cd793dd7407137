/** Whether a setting is as wanted: lists have no order, and booleans no fixed case. Null: the station told none. */
export const sameValue = (wanted: string, found: string | null): boolean =>
  found !== null && membersOf(wanted) === membersOf(found);

const membersOf = (text: string): string =>
  text
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .sort()
    .join();
