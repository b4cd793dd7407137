/** 640 is "6.40". */
export const versionText = (raw: number): string => `${Math.floor(raw / 100)}.${String(raw % 100).padStart(2, '0')}`;

/** "6.40", "V6.40" or "640" → 640; null when it is none of these. */
export function parseVersion(text: string): number | null {
  const match = /^[vV]?(\d{1,3})(?:\.(\d{2}))?$/.exec(text);
  if (match === null) return null;
  const [, major = '', minor] = match;
  return minor === undefined ? Number(major) : Number(major) * 100 + Number(minor);
}
