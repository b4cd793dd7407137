import type { Turn } from '../../connection/ask';
import { call } from './call';
import type { Link } from './call';

export interface ReadConfiguration {
  readonly values: ReadonlyMap<string, string>; // '' where the station tells none
  readonly readOnly: ReadonlySet<string>;
  readonly unknown: readonly string[];
}
const DEFAULT_MAX_KEYS = 50;

/** In as many CALLs as the station wants; null: every key that it has. */
export function readKeys(keys: readonly string[] | null, link: Link, then: (read: ReadConfiguration) => Turn): Turn {
  const most = link.station.numberSetting('GetConfigurationMaxKeys') ?? DEFAULT_MAX_KEYS;
  return readFrom(keys, 0, most, { values: new Map(), readOnly: new Set(), unknown: [] }, link, then);
}

function readFrom(
  keys: readonly string[] | null,
  from: number,
  most: number,
  so: ReadConfiguration,
  link: Link,
  then: (read: ReadConfiguration) => Turn,
): Turn {
  const part = keys?.slice(from, from + most);
  return call('GetConfiguration', part === undefined ? {} : { key: part }, link, {
    judge: ({ configurationKey = [], unknownKey = [] }) => {
      for (const { key, value = '' } of configurationKey) link.station.settings.set(key, value);
      const read: ReadConfiguration = {
        values: new Map([...so.values, ...configurationKey.map(({ key, value = '' }) => [key, value] as const)]),
        readOnly: new Set([
          ...so.readOnly,
          ...configurationKey.flatMap(({ key, readonly }) => (readonly ? [key] : [])),
        ]),
        unknown: [...so.unknown, ...unknownKey],
      };
      const next = from + most;
      return keys === null || next >= keys.length ? then(read) : readFrom(keys, next, most, read, link, then);
    },
  });
}

export type WriteStatus = 'Accepted' | 'RebootRequired' | 'NotSupported' | 'Rejected';
/** One key. A value that is written counts as known. */
export const writeKey = (key: string, value: string, link: Link, then: (status: WriteStatus) => Turn): Turn =>
  call('ChangeConfiguration', { key, value }, link, {
    judge: ({ status }) => {
      if (status === 'Accepted') link.station.settings.set(key, value);
      return then(status);
    },
  });
