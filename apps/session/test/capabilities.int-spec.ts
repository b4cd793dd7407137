import { DEVICE_COMMAND_KINDS } from '@chargebus/domain';
import type { Capabilities, DeviceId } from '@chargebus/domain';
import type { ProtocolEventOf } from '@chargebus/events';
import { DescribeProtocols, GetDevice, StartCharge } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { randomUUID } from 'node:crypto';
import { Facts } from './facts';
import { CLIENT, OTHER_TENANT, TENANT, World } from './harness';

const orders = {
  ...Object.fromEntries(DEVICE_COMMAND_KINDS.map((kind) => [kind, { support: 'native', why: null }])),
  'lock.move': { support: 'none', why: 'no ground lock' },
} as Capabilities;

describe('what devices can do', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
    await world.replica({ CAPABILITY_CACHE_MS: '1' });
  });
  afterAll(() => world.close());

  const view = (deviceId: DeviceId, tenantId = TENANT) => world.bus.ask(GetDevice, { tenantId, deviceId });
  /** A device of a model, heard of. */
  async function aDevice(model: string | null, tenantId = TENANT): Promise<DeviceId> {
    const deviceId = await world.registerDevice(2, tenantId);
    const facts = new Facts(deviceId, world.clock);
    await world.say(facts.connected(), facts.registered({ model }));
    await eventually(async () => {
      expect((await view(deviceId, tenantId)).firmwareVersion).toBe('6.40');
    });
    return deviceId;
  }
  const incapable = (
    deviceId: DeviceId,
    kind: 'device.reboot' | 'charge.start',
    of: 'device' | 'model',
  ): ProtocolEventOf<'device.incapable'> => ({
    type: 'device.incapable',
    id: randomUUID(),
    deviceId,
    at: world.clock.iso(),
    kind,
    why: 'not_implemented',
    of,
  });
  const rebootOf = async (deviceId: DeviceId) => (await view(deviceId)).capabilities?.['device.reboot']?.support;

  it('G02 shows a device without capabilities while no gateway tells them, and with them afterwards', async () => {
    const deviceId = await aDevice('plain');
    expect((await view(deviceId)).capabilities).toBeNull();
    world.bus.answer(DescribeProtocols, () => Promise.resolve([{ protocol: 'ap3000', orders }]));
    await eventually(async () => {
      expect((await view(deviceId)).capabilities?.['lock.move']).toEqual({ support: 'none', why: 'no ground lock' });
    });
    const unseen = await world.registerDevice();
    expect((await view(unseen)).capabilities).toBeNull();
  });

  it('E34 remembers what a device could not do until its firmware is another one', async () => {
    const deviceId = await aDevice('single');
    const sibling = await aDevice('single');
    await world.say(incapable(deviceId, 'device.reboot', 'device'));
    await eventually(async () => {
      expect((await view(deviceId)).capabilities?.['device.reboot']).toEqual({
        support: 'none',
        why: 'not_implemented',
      });
    });
    expect(await rebootOf(sibling)).toBe('native');
    const facts = new Facts(deviceId, world.clock);
    await world.say(facts.registered({ model: 'single', firmwareVersion: '6.41' }));
    await eventually(async () => {
      expect(await rebootOf(deviceId)).toBe('native');
    });
  });

  it('E34 finds out anew what was true of a device alone when it describes itself again', async () => {
    const deviceId = await aDevice('settings');
    await world.say(incapable(deviceId, 'device.reboot', 'device'));
    await eventually(async () => {
      expect(await rebootOf(deviceId)).toBe('none');
    });
    await world.say(new Facts(deviceId, world.clock).registered({ model: 'settings' }));
    await eventually(async () => {
      expect(await rebootOf(deviceId)).toBe('native');
    });
  });

  it('E34 knows it of every device of the model, of the same tenant alone', async () => {
    const deviceId = await aDevice('shared');
    await world.say(incapable(deviceId, 'device.reboot', 'model'));
    await eventually(async () => {
      expect(await rebootOf(deviceId)).toBe('none');
    });
    expect(await rebootOf(await aDevice('shared'))).toBe('none');
    const foreign = await aDevice('shared', OTHER_TENANT);
    expect((await view(foreign, OTHER_TENANT)).capabilities?.['device.reboot']?.support).toBe('native');
  });

  it('E34 starts no charge on a device that cannot be started', async () => {
    const deviceId = await aDevice('factory');
    await world.say(incapable(deviceId, 'charge.start', 'device'));
    await eventually(async () => {
      expect((await view(deviceId)).capabilities?.['charge.start']?.support).toBe('none');
    });
    const start = world.bus.ask(StartCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      portNo: 1,
      orderNo: randomUUID(),
      idempotencyKey: null,
      userId: null,
      limits: { mode: 4, timeLimitMin: null, energyLimitKwh: null, powerLimitW: null },
      notifyIntervalS: 30,
      autoStop: null,
      requestBody: null,
      waitMs: null,
      requireOnline: false,
    });
    await expect(start).rejects.toMatchObject({ name: 'CAPABILITY_NOT_SUPPORTED' });
    expect(world.command.submitted.filter((order) => order.deviceId === deviceId)).toEqual([]);
  });
});
