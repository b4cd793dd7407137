/** Name of a code that no document explains; it keeps its number: `unknown_2A`. */
export const unknownToken = (code: number): string => `unknown_${hex(code)}`;

/** A refusal where the page says no more than "anything but 0 is failure": `failed_01`. */
export const failedToken = (code: number): string => `failed_${hex(code)}`;

const hex = (code: number): string => code.toString(16).toUpperCase().padStart(2, '0');
