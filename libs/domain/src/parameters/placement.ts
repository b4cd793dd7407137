import type { Capability } from '../capability';
import { PARAMETERS } from './dictionary';
import { STATION_GROUP } from './homes';
import type { DeviceHome, ParameterDefinition, ParameterValue, ProtocolName, WireValues } from './parameter';
import type { PlatformSettings } from './platform-settings';

/** What a device must tell of itself before its parameters can be placed. */
export interface ParameterBearer {
  readonly protocol: string | null; // null: never seen
  readonly portNos: readonly number[];
}

/** How far a parameter goes with a protocol: the device has it, the platform keeps to it, or nobody can. */
export function parameterSupport({ platform, device }: ParameterDefinition, protocol: string | null): Capability {
  const home = protocol === null ? undefined : device[protocol as ProtocolName];
  if (home !== undefined) {
    const also = platform === null ? '' : `; the platform keeps to it too: ${platform.does}`;
    return { support: 'native', why: `${home.keys.join(', ')} of ${home.group}${also}` };
  }
  if (platform !== null) return { support: 'emulated', why: `by the platform: ${platform.does}` };
  return { support: 'none', why: 'the protocol has no such parameter' };
}

/** What is put into one group of the device, and read back from it. */
export interface GroupWrite {
  readonly group: string;
  readonly readGroup: string | null; // null: the device cannot be asked
  readonly values: WireValues;
  readonly names: readonly string[];
}
export interface PlacedParameter {
  readonly definition: ParameterDefinition;
  readonly value: ParameterValue | null; // null: the platform forgets it
  readonly onDevice: boolean;
  readonly onPlatform: boolean;
}
export interface ParameterPlan {
  readonly placed: readonly PlacedParameter[];
  readonly writes: readonly GroupWrite[];
  readonly settings: Partial<PlatformSettings>;
  readonly unsupported: readonly { readonly name: string; readonly why: string }[];
}

/** Who gets what, when a device shall have these values. Decides nothing about whether they are good ones. */
export function planParameters(
  wanted: ReadonlyMap<ParameterDefinition, ParameterValue | null>,
  bearer: ParameterBearer,
): ParameterPlan {
  const placed: PlacedParameter[] = [];
  const unsupported: { name: string; why: string }[] = [];
  for (const [definition, value] of wanted) {
    const onDevice =
      value !== null && groupsOf(definition, bearer).length > 0 && fits(homeOf(definition, bearer), value);
    const onPlatform = definition.platform !== null;
    if (onDevice || onPlatform) placed.push({ definition, value, onDevice, onPlatform });
    else unsupported.push({ name: definition.name, why: whyNot(definition, bearer) });
  }
  return { placed, writes: writesOf(placed, bearer), settings: settingsOf(placed), unsupported };
}

/** Every group of the device in which the dictionary knows something that can be read. */
export function readableGroups(
  bearer: ParameterBearer,
  definitions: readonly ParameterDefinition[] = PARAMETERS,
): readonly { readonly readGroup: string; readonly definitions: readonly ParameterDefinition[] }[] {
  const keys = new Map<string, { definitions: ParameterDefinition[]; keys: string[] }>();
  for (const definition of definitions)
    for (const group of groupsOf(definition, bearer)) {
      const found = keys.get(group) ?? { definitions: [], keys: [] };
      keys.set(group, found);
      found.definitions.push(definition);
      found.keys.push(...(homeOf(definition, bearer)?.keys ?? []));
    }
  return [...keys].map(([group, found]) => ({
    readGroup: readNameOf(group, found.keys),
    definitions: found.definitions,
  }));
}

export const homeOf = ({ device }: ParameterDefinition, { protocol }: ParameterBearer): DeviceHome | undefined =>
  protocol === null ? undefined : device[protocol as ProtocolName];

const SOCKET_GROUP = 'socket';
/** BKV keeps parameters per socket, and a socket has two ports (BKV page §1). */
const socketsOf = (portNos: readonly number[]): readonly number[] => [
  ...new Set(portNos.map((portNo) => Math.floor((portNo + 1) / 2))),
];
function groupsOf(definition: ParameterDefinition, bearer: ParameterBearer): readonly string[] {
  const home = homeOf(definition, bearer);
  if (home === undefined) return [];
  return home.group === SOCKET_GROUP
    ? socketsOf(bearer.portNos).map((socketNo) => `${SOCKET_GROUP}:${socketNo}`)
    : [home.group];
}
const readNameOf = (group: string, keys: readonly string[]): string =>
  group === STATION_GROUP ? keys.join(',') : group;

function fits(home: DeviceHome | undefined, value: ParameterValue): boolean {
  if (home === undefined) return false;
  return [value].flat().every((one: number) => one >= home.min && one <= home.max);
}
function whyNot(definition: ParameterDefinition, bearer: ParameterBearer): string {
  const home = homeOf(definition, bearer);
  if (home === undefined) return 'the protocol has no such parameter';
  return groupsOf(definition, bearer).length === 0
    ? 'its sockets are not known yet'
    : `the device takes ${home.min}…${home.max}`;
}

function writesOf(placed: readonly PlacedParameter[], bearer: ParameterBearer): readonly GroupWrite[] {
  const groups = new Map<string, PlacedParameter[]>();
  for (const one of placed.filter(({ onDevice }) => onDevice))
    for (const group of groupsOf(one.definition, bearer)) groups.set(group, [...(groups.get(group) ?? []), one]);
  return [...groups].map(([group, members]) => {
    const homes = members.flatMap(({ definition }) => homeOf(definition, bearer) ?? []);
    const parts = members.map(({ definition, value }) => homeOf(definition, bearer)?.write(value ?? 0) ?? {});
    return {
      group,
      readGroup: readNameOf(
        group,
        homes.flatMap(({ keys }) => keys),
      ),
      values: Object.assign({}, ...parts) as WireValues,
      names: members.map(({ definition }) => definition.name),
    };
  });
}

const settingsOf = (placed: readonly PlacedParameter[]): Partial<PlatformSettings> =>
  Object.assign(
    {},
    ...placed.map(({ definition: { platform }, value }) =>
      platform === null ? {} : value === null ? { [platform.key]: null } : platform.write(value),
    ),
  ) as Partial<PlatformSettings>;
