import type { IdToken } from '../messages';

const TYPES: readonly IdToken['type'][] = [
  'Central',
  'eMAID',
  'ISO14443',
  'ISO15693',
  'KeyCode',
  'Local',
  'MacAddress',
  'NoAuthorization',
];
/** `ISO14443` → `iso14443`: how token types are called behind the gateway. */
export const tokenTypeOf = ({ type }: IdToken): string => type.toLowerCase();

/** A token as the wire names it. Of an unknown type, or none: a card. RangeError above 36 characters. */
export function toIdToken(idToken: string, tokenType?: string): IdToken {
  if (idToken.length > 36) throw new RangeError('a token has at most 36 characters');
  return { idToken, type: TYPES.find((type) => type.toLowerCase() === tokenType?.toLowerCase()) ?? 'ISO14443' };
}
