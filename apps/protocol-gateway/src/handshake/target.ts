import { DeviceId } from '@chargebus/domain';

export type Target = { readonly deviceId: DeviceId } | { readonly refuse: 400 | 404 };

/** 1…48 characters, none of which could be read as something else in a path, in Basic auth or in a log. */
const IDENTITY = /^[^/\\:\p{Cc}]{1,48}$/u;

/** Who a request target is about: the one segment behind the base path, decoded exactly once (ocpp.md §1.1). */
export function readTarget(url: string, basePath: string): Target {
  const [path = ''] = url.split('?', 1);
  const prefix = basePath === '/' ? '/' : `${basePath}/`;
  if (!path.startsWith(prefix)) return { refuse: 404 };
  const identity = decode(path.slice(prefix.length));
  if (identity === null) return { refuse: 400 };
  if (!IDENTITY.test(identity) || identity === '.' || identity === '..') return { refuse: 404 };
  const deviceId = DeviceId.safeParse(identity);
  return deviceId.success ? { deviceId: deviceId.data } : { refuse: 404 };
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null; // `%zz`, or bytes that are no UTF-8
  }
}
