import type { CommandOf } from '@chargebus/domain';
import type { Turn } from '../../connection/ask';
import { acked, rejected, toToken } from '../../connection/ask';
import { portCountFact } from '../../meanings/port-count';
import { sameValue } from '../../same-value';
import { ABILITIES } from '../options';
import type { Setting } from '../options';
import { call } from './call';
import type { Link } from './call';
import { readKeys, writeKey } from './configuration';
import type { ReadConfiguration, WriteStatus } from './configuration';

/** Group of `params.set` that stands for the platform's own settings: what it finds otherwise, it writes. */
const PLATFORM_GROUP = 'platform';
export const CONFIGURE: CommandOf<'params.set'> = { kind: 'params.set', group: PLATFORM_GROUP, values: {} };
const ALL = 'all';
/** Credentials are set by an order that is neither stored nor logged. */
const SECRETS: ReadonlySet<string> = new Set(['authorizationkey']);

/** `all`, or keys with commas between them. Unknown keys are told, and fail nothing. */
export function parametersGet({ group }: CommandOf<'params.get'>, link: Link): Turn {
  const keys = group === ALL ? null : group.split(',').map((key) => key.trim());
  return readKeys(keys, link, ({ values, readOnly, unknown }) =>
    acked({ group, values: Object.fromEntries(values), readOnly: [...readOnly], unknown }),
  );
}

/** Key by key, as the protocol has it; the result says which were taken. */
export function parametersSet({ group, values }: CommandOf<'params.set'>, link: Link): Turn {
  if (group === PLATFORM_GROUP) return configure(link);
  const wanted = Object.entries(values).map(([key, value]) => [key, String(value)] as const);
  if (wanted.length === 0) throw new RangeError('no key is given');
  if (wanted.some(([key]) => SECRETS.has(key.toLowerCase())))
    throw new RangeError('credentials are set by credentials.set');
  return writeAll(wanted, new Map(), link);
}

function writeAll(
  wanted: readonly (readonly [key: string, value: string])[],
  results: ReadonlyMap<string, WriteStatus>,
  link: Link,
): Turn {
  const [next, ...rest] = wanted;
  if (next === undefined) return told(results);
  const [key, value] = next;
  return writeKey(key, value, link, (status) => writeAll(rest, new Map([...results, [key, status]]), link));
}
function told(results: ReadonlyMap<string, WriteStatus>): Turn {
  const statuses = [...results.values()];
  if (!statuses.some(isTaken)) return rejected(toToken(statuses[0] ?? 'Rejected'));
  return acked({
    results: Object.fromEntries([...results].map(([key, status]) => [key, toToken(status)])),
    rebootRequired: statuses.includes('RebootRequired'),
  });
}
const isTaken = (status: WriteStatus): boolean => status === 'Accepted' || status === 'RebootRequired';

interface Configured {
  readonly written: readonly string[];
  readonly refused: readonly string[];
  readonly rebootRequired: boolean;
}
/**
 * Page §3.3: reads what the station can and is set to, and writes what differs. A station that was configured before is
 * found so and costs one CALL, whichever firmware it has.
 */
function configure(link: Link): Turn {
  const settings = [...link.options.settings, heartbeatSetting(link.options)];
  return readKeys([...ABILITIES, ...settings.map(({ key }) => key)], link, (read) => {
    const different = settings.filter((setting) => !isSo(setting, read));
    const portCount = Number(read.values.get('NumberOfConnectors') ?? 0);
    const counted = portCountFact(portCount, { ...link, protocol: 'ocpp1.6' });
    const writable = different.filter(({ key }) => !read.readOnly.has(key) && !read.unknown.includes(key));
    const turn = writeSettings(writable, 0, { written: [], refused: [], rebootRequired: false }, link);
    return counted === null ? turn : { ...turn, facts: [counted, ...(turn.facts ?? [])] };
  });
}
/** The same as the answer to the boot said. */
const heartbeatSetting = ({ heartbeatIntervalS }: Link['options']): Setting => ({
  key: 'HeartbeatInterval',
  values: [heartbeatIntervalS.toString()],
});
const isSo = ({ key, values }: Setting, read: ReadConfiguration): boolean =>
  values.some((value) => sameValue(value, read.values.get(key) ?? null));

function writeSettings(settings: readonly Setting[], attempt: number, so: Configured, link: Link): Turn {
  const [next, ...rest] = settings;
  if (next === undefined) return configured(so, link);
  const value = next.values[attempt];
  if (value === undefined) return writeSettings(rest, 0, { ...so, refused: [...so.refused, next.key] }, link);
  return writeKey(next.key, value, link, (status) => {
    if (!isTaken(status)) return writeSettings(settings, attempt + 1, so, link); // a weaker value may do
    const rebootRequired = so.rebootRequired || status === 'RebootRequired';
    return writeSettings(rest, 0, { ...so, written: [...so.written, next.key], rebootRequired }, link);
  });
}
/** A station that waits for its configuration boots again when it is done. */
function configured(so: Configured, link: Link): Turn {
  if (link.station.registration !== 'Pending') return acked({ ...so });
  const payload = { requestedMessage: 'BootNotification' } as const;
  return call('TriggerMessage', payload, link, { judge: () => acked({ ...so }), without: () => acked({ ...so }) });
}

/** 20 bytes as hexadecimal digits, page §1.3: what is not such digits already is put into them. */
export function setCredentials({ password, securityProfile }: CommandOf<'credentials.set'>, link: Link): Turn {
  const raise = (): Turn =>
    securityProfile === null
      ? acked({})
      : writeKey('SecurityProfile', String(securityProfile), link, (status) =>
          isTaken(status) ? acked({ rebootRequired: status === 'RebootRequired' }) : rejected(toToken(status)),
        );
  if (password === null) return raise();
  return writeKey('AuthorizationKey', toHexKey(password), link, (status) => {
    link.station.settings.delete('AuthorizationKey'); // nobody reads it here
    return isTaken(status) ? raise() : rejected(toToken(status));
  });
}
const HEX_KEY = /^(?:[0-9a-f]{2}){8,20}$/i;
function toHexKey(password: string): string {
  if (HEX_KEY.test(password)) return password;
  const bytes = new TextEncoder().encode(password);
  if (bytes.length > 20) throw new RangeError('a password has at most 20 bytes, or 40 hexadecimal digits');
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
