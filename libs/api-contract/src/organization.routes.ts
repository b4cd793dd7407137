import { DeviceType, PortState } from '@chargebus/domain';
import { StationState } from '@chargebus/requests';
import { z } from 'zod';
import { defineRoute } from './define-route';
import { deviceFilterShape } from './device-filter';
import { reads } from './master-data';

const DeviceNode = z
  .object({
    phy_id: z.string(),
    name: z.string().nullable(),
    type: DeviceType,
    online: z.boolean(),
    ports: z.array(z.object({ port_no: z.int(), status: PortState })).describe('With depth=port.'),
  })
  .meta({ id: 'OrganizationDevice' });
const counts = { devices: z.int(), online_devices: z.int(), ports: z.int() };
const StationNode = z
  .object({
    code: z.string(),
    name: z.string(),
    state: StationState,
    counts: z.object(counts),
    devices: z.array(DeviceNode).describe('With depth=device or port.'),
  })
  .meta({ id: 'OrganizationStation' });
const inside = {
  stations: z.array(StationNode),
  devices: z.array(DeviceNode).describe('Those that are at no station.'),
};
export interface RegionNode {
  code: string;
  name: string;
  counts: { stations: number; devices: number; online_devices: number; ports: number };
  regions: RegionNode[];
  stations: z.infer<typeof StationNode>[];
  devices: z.infer<typeof DeviceNode>[];
}
const RegionNode: z.ZodType<RegionNode> = z
  .object({
    code: z.string(),
    name: z.string(),
    counts: z.object({ stations: z.int(), ...counts }).describe('With everything below.'),
    regions: z.lazy(() => z.array(RegionNode)),
    ...inside,
  })
  .meta({ id: 'OrganizationRegion' });
export type StationNode = z.infer<typeof StationNode>;
export type DeviceNode = z.infer<typeof DeviceNode>;
export const getOrganization = defineRoute({
  ...reads,
  id: 'getOrganization',
  method: 'GET',
  path: '/api/third/organization/tree',
  tag: 'Regions',
  summary: 'The tree operator → region → station → device → port',
  description: 'Counts at every level. Devices are shown for up to 1,000 of them; narrow a larger fleet down.',
  query: {
    depth: z.enum(['region', 'station', 'device', 'port']).default('station'),
    ...deviceFilterShape,
  },
  response: z
    .object({
      operator: z.object({ tenant_id: z.string(), name: z.string() }),
      counts: z.object({ regions: z.int(), stations: z.int(), ...counts }),
      regions: z.array(RegionNode),
      ...inside,
    })
    .meta({ id: 'Organization' }),
  example: {
    params: {},
    query: { depth: 'port', region: 'north' },
    response: {
      operator: { tenant_id: '0190a0e0-0000-7000-8000-000000000001', name: 'Example operator' },
      counts: { regions: 2, stations: 1, devices: 1, online_devices: 1, ports: 2 },
      regions: [
        {
          code: 'north',
          name: 'North',
          counts: { stations: 1, devices: 1, online_devices: 1, ports: 2 },
          regions: [
            {
              code: 'beijing',
              name: 'Beijing',
              counts: { stations: 1, devices: 1, online_devices: 1, ports: 2 },
              regions: [],
              stations: [
                {
                  code: 'BJ-001',
                  name: 'North gate',
                  state: 'open',
                  counts: { devices: 1, online_devices: 1, ports: 2 },
                  devices: [
                    {
                      phy_id: '04AB373B',
                      name: 'Gate 3',
                      type: 'AC',
                      online: true,
                      ports: [
                        { port_no: 1, status: 'charging' },
                        { port_no: 2, status: 'idle' },
                      ],
                    },
                  ],
                },
              ],
              devices: [],
            },
          ],
          stations: [],
          devices: [],
        },
      ],
      stations: [],
      devices: [],
    },
  },
});
