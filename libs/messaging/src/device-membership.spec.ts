import { ANY_DEVICE } from '@chargebus/domain';
import type { DataScope, DeviceFilter, DeviceId, TenantId } from '@chargebus/domain';
import { DeviceMembership } from './device-membership';

const tenantId = '0190a0e0-0000-7000-8000-00000000000a' as TenantId;
const [a, b, c] = ['A', 'B', 'C'] as DeviceId[] as [DeviceId, DeviceId, DeviceId];
const north: DeviceFilter = { ...ANY_DEVICE, regions: ['north'] };

describe('membership of devices', () => {
  const asked: (readonly DeviceId[] | null)[] = [];
  let tell = (): void => undefined;
  const bus = {
    nc: {
      subscribe: (_subject: string, { callback }: { callback: () => void }) => {
        tell = callback;
      },
    },
    ask: (_definition: unknown, request: { filter: DeviceFilter }) => {
      asked.push(request.filter.deviceIds);
      const items = (request.filter.deviceIds ?? []).filter((id) => id !== b).map((deviceId) => ({ deviceId }));
      return Promise.resolve({ items, cursor: null, total: items.length });
    },
  };
  const membership = () => new DeviceMembership(bus as never, { ttlMs: 60_000, maxEntries: 100 });
  beforeEach(() => asked.splice(0));

  it('asks for what it does not know, once, members and strangers alike', async () => {
    const known = membership();
    expect([...(await known.of({ tenantId }, north).membersAmong([a, b, a]))]).toEqual([a]);
    expect([...(await known.of({ tenantId }, north).membersAmong([a, b, c]))]).toEqual([a, c]);
    expect(asked).toEqual([[a, b], [c]]);
  });

  it('asks anew when the register was changed, also while it was asking', async () => {
    const known = membership();
    const early = known.of({ tenantId }, north).membersAmong([a]);
    tell();
    await early;
    await known.of({ tenantId }, north).membersAmong([a]);
    await known.of({ tenantId }, north).membersAmong([a]);
    tell();
    await known.of({ tenantId }, north).membersAmong([a]);
    expect(asked).toEqual([[a], [a], [a]]);
  });

  it('needs nobody to know devices by name', async () => {
    const named = membership().of({ tenantId }, { ...ANY_DEVICE, deviceIds: [a, b] });
    expect([...(await named.membersAmong([a, b, c]))]).toEqual([a, b]);
    expect(asked).toEqual([]);
  });

  it('U06 asks within the part of the tenant that a principal may see', async () => {
    const within: DataScope = { regions: ['north'], stations: [], groups: [], devices: [] };
    const limited = membership().of({ tenantId, within }, { ...ANY_DEVICE, deviceIds: [a, b] });
    expect([...(await limited.membersAmong([a, b, c]))]).toEqual([a]);
    expect(asked).toEqual([[a, b]]);
  });
});
