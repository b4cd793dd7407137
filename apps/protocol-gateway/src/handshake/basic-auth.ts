/** User and password as the bytes that came: a password need not be text (ocpp.md §1.3). */
export interface BasicCredentials {
  readonly user: Buffer;
  readonly password: Buffer;
}

/** Null: there is no such header, or it cannot be read. */
export function readBasicAuth(header: string | undefined): BasicCredentials | null {
  const match = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header ?? '');
  if (match?.[1] === undefined) return null;
  const bytes = Buffer.from(match[1], 'base64');
  const colon = bytes.indexOf(0x3a);
  return colon === -1 ? null : { user: bytes.subarray(0, colon), password: bytes.subarray(colon + 1) };
}
