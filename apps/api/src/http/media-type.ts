/** `text/csv` of `Text/CSV; charset=utf-8`. */
export const mediaTypeOf = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase();
