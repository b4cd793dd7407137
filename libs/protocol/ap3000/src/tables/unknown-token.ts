/** Name of a code that no document explains; it keeps its number: `unknown_2A`. */
export const unknownToken = (code: number): string => `unknown_${code.toString(16).toUpperCase().padStart(2, '0')}`;
