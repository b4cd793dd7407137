import type { PortState } from '@chargebus/domain';
import { ValidationFailed } from '@chargebus/errors';
import type { OrganizationRepository, TreeDevice } from '@chargebus/persistence/session';
import type { GetOrganization, ReplyOf, RequestOf } from '@chargebus/requests';
import { countTree } from './tree';

type Tree = ReplyOf<typeof GetOrganization>;

/** Beyond this many devices a tree is nothing that anybody reads at once. */
const MAX_DEVICES = 1_000;

/** The tree operator → region → station → device → port, as deep as it is asked for. */
export class TreeService {
  constructor(private readonly organization: OrganizationRepository) {}

  async get({ filter, depth, ...viewer }: RequestOf<typeof GetOrganization>): Promise<Tree> {
    const { counts, regions, stations } = countTree(await this.organization.parts(viewer, filter));
    const tree: Tree = { counts, regions, stations: depth === 'region' ? [] : stations, devices: [] };
    if (depth === 'region' || depth === 'station') return tree;
    if (counts.devices > MAX_DEVICES) throw tooMany(counts.devices);
    const devices = await this.organization.devices(viewer, filter, MAX_DEVICES);
    return { ...tree, devices: devices.map((device) => nodeOf(device, depth === 'port')) };
  }
}

function nodeOf({ portCount, ports, ...device }: TreeDevice, withPorts: boolean): Tree['devices'][number] {
  const { deviceId, name, type, online, region, station } = device;
  const count = withPorts ? Math.max(portCount, ...ports.map(({ portNo }) => portNo)) : 0;
  const states = new Map<number, PortState>(ports.map(({ portNo, state }) => [portNo, state]));
  const all = Array.from({ length: count }, (_, at) => ({ portNo: at + 1, state: states.get(at + 1) ?? 'unknown' }));
  return { deviceId, name, type, online, region, station, ports: all };
}

function tooMany(devices: number): Error {
  const message = `shows at most ${MAX_DEVICES.toString()} devices and these are ${devices.toString()}: narrow them down`;
  return new ValidationFailed({ summary: `depth: ${message}` }, { details: [{ field: 'depth', message }] });
}
