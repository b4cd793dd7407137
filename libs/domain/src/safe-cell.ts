/**
 * Text for a cell of a CSV file. Spreadsheets take what begins with one of these for a formula and would run what a device
 * or a stranger has put there; an apostrophe before it makes them show it. Numbers stay numbers: `-5` is one.
 */
export const safeCell = (text: string): string =>
  /^[=+\-@\t\r\n|%]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
