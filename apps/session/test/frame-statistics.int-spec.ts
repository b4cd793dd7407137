import { DeviceId } from '@chargebus/domain';
import { DeviceRegistration } from '@chargebus/events';
import { CountFrames, GetFrameStatistics } from '@chargebus/requests';
import type { FrameCount } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { Facts } from './facts';
import { OTHER_TENANT, TENANT, World } from './harness';

const HOUR = '2026-01-13T08:00:00.000Z';

describe('statistics of frames', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
    await world.replica();
  });
  afterAll(() => world.close());

  const count = (counts: readonly Partial<FrameCount>[], gateway = 'g1', hour = HOUR) =>
    world.bus.ask(CountFrames, {
      gateway,
      hour,
      counts: counts.map((one) => ({
        deviceId: DeviceId.parse('X'),
        protocol: 'ap3000',
        outcome: 'ok',
        frames: 1,
        ...one,
      })),
    });
  const statistics = async (asked: { deviceId?: string; protocol?: string } = {}, tenantId = TENANT) => {
    const window = { since: '2026-01-13T08:30:00.000Z', until: '2026-01-13T12:00:00.000Z' };
    const { protocol = null, deviceId = null } = asked;
    return (await world.bus.ask(GetFrameStatistics, { tenantId, ...window, protocol, deviceId })).rows;
  };

  it('A19 adds up what gateways counted, by protocol, model and firmware; a repeat counts once', async () => {
    const [one, other] = [await world.registerDevice(), await world.registerDevice()];
    const facts = new Facts(one, world.clock);
    await world.say(facts.registered({ model: 'M1', firmwareVersion: '2.0' }));
    await eventually(() => {
      expect(world.eventsOf(one, DeviceRegistration.type)).toHaveLength(1);
    });
    const first = [
      { deviceId: one, frames: 40 },
      { deviceId: one, outcome: 'checksum', frames: 2 },
      { deviceId: other, protocol: 'bkv', frames: 5 },
      { deviceId: DeviceId.parse('nobody'), frames: 99 },
    ];
    await count(first);
    await count(first);
    await count([{ deviceId: one, frames: 30 }]); // overtaken by a later sum
    await count([{ deviceId: one, outcome: 'payload_too_short', frames: 3 }], 'g2');
    await count([{ deviceId: one, frames: 60 }], 'g1', '2026-01-13T09:00:00.000Z');
    await count([{ deviceId: one, frames: 1_000 }], 'g1', '2026-01-13T07:00:00.000Z');
    const all = await statistics();
    expect(all).toEqual([
      {
        protocol: 'ap3000',
        model: 'M1',
        firmwareVersion: '2.0',
        devices: 1,
        frames: 105,
        rejected: 5,
        rejectedBy: { checksum: 2, payload_too_short: 3 },
      },
      { protocol: 'bkv', model: null, firmwareVersion: null, devices: 1, frames: 5, rejected: 0, rejectedBy: {} },
    ]);
    expect(await statistics({ protocol: 'bkv' })).toEqual([all[1]]);
    expect(await statistics({ deviceId: one })).toEqual([all[0]]);
    expect(await statistics({}, OTHER_TENANT)).toEqual([]);
    await expect(statistics({ deviceId: one }, OTHER_TENANT)).rejects.toMatchObject({
      definition: { name: 'DEVICE_NOT_FOUND' },
    });
  });
});
