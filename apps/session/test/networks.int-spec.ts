import { DEVICE_COMMAND_KINDS } from '@chargebus/domain';
import type { Capabilities, DeviceId } from '@chargebus/domain';
import type { ProtocolEventOf } from '@chargebus/events';
import { DescribeProtocols, GetDevice, GetSockets, PutSockets, StartCharge } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { randomUUID } from 'node:crypto';
import { Facts } from './facts';
import { CLIENT, OTHER_TENANT, TENANT, World } from './harness';

const native = Object.fromEntries(
  DEVICE_COMMAND_KINDS.map((kind) => [kind, { support: 'native', why: null }]),
) as Capabilities;
const MACS = ['450030700247', '450030700743', '350030701247'] as const;
type Wanted = RequestOf<typeof PutSockets>['sockets'];
const socket = (socketNo: number, mac: string | null, uid: string | null = null): Wanted[number] => ({
  socketNo,
  mac,
  uid,
});

describe('radio networks', () => {
  let world: World;
  let deviceId: DeviceId;
  let facts: Facts;

  beforeAll(async () => {
    world = await World.create();
    const without = { ...native, 'network.refresh': { support: 'none', why: 'no radio sockets' } } as Capabilities;
    world.bus.answer(DescribeProtocols, () =>
      Promise.resolve([
        { protocol: 'radio', orders: native },
        { protocol: 'wired', orders: without },
      ]),
    );
    await world.replica();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    deviceId = await world.registerDevice(0);
    facts = new Facts(deviceId, world.clock);
    await world.say(facts.connected({ protocol: 'radio' }));
  });

  const get = () => world.bus.ask(GetSockets, { tenantId: TENANT, deviceId });
  const put = (sockets: Wanted, fields: Partial<RequestOf<typeof PutSockets>> = {}) =>
    world.bus.ask(PutSockets, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId,
      channel: null,
      sockets,
      wait: null,
      ...fields,
    });
  const took = (
    sockets: readonly (Wanted[number] & { readonly portNos?: number[] })[],
    fields: Partial<ProtocolEventOf<'device.network'>> = {},
  ) =>
    world.say({
      type: 'device.network',
      id: randomUUID(),
      deviceId,
      at: world.clock.iso(),
      change: 'replaced',
      channel: 4,
      sockets: sockets.map(({ socketNo, mac, portNos }) => ({ socketNo, mac, portNos })),
      ...fields,
    });
  const reports = (socketNo: number, state: 'idle' | 'charging' | 'unknown') =>
    world.say({
      type: 'port.status',
      id: randomUUID(),
      deviceId,
      at: world.clock.iso(),
      ports: [2 * socketNo - 1, 2 * socketNo].map((portNo) => ({ portNo, state, fault: null, socketNo })),
    });
  const shows = (wanted: object) =>
    eventually(async () => {
      expect(await get()).toMatchObject(wanted);
    });

  it('A03 orders the list that is to be, and keeps it as the table once the gateway has taken it', async () => {
    const wanted = [socket(1, MACS[0], 'UID1'), socket(2, MACS[1])];
    const { network, command } = await put(wanted, { channel: 4 });
    expect(command).toMatchObject({ status: 'queued', command: { kind: 'network.refresh', channel: 4 } });
    expect(network).toMatchObject({ sockets: [], plannedBy: command.commandId });
    const [order] = world.command.submitted.filter((request) => request.deviceId === deviceId);
    expect(order?.command).toEqual({
      kind: 'network.refresh',
      channel: 4,
      nodes: [
        { socketNo: 1, mac: MACS[0] },
        { socketNo: 2, mac: MACS[1] },
      ],
      joining: [1, 2],
    });
    await took(wanted);
    await shows({
      channel: 4,
      plannedBy: null,
      sockets: [
        { socketNo: 1, mac: MACS[0], uid: 'UID1', state: 'pending' },
        { socketNo: 2, mac: MACS[1], uid: null, state: 'pending' },
      ],
    });
    const [changed] = await eventually(() => {
      const events = world.eventsOf(deviceId, 'device.network_changed');
      expect(events).toHaveLength(1);
      return events;
    });
    expect(changed?.data).toMatchObject({
      reason: 'confirmed',
      channel: 4,
      sockets: [{ socketNo: 1, uid: 'UID1' }, {}],
    });
  });

  it('A03 finds a socket by its sticker once its address was given, and says when it was not', async () => {
    await took([socket(1, MACS[0])]);
    await shows({ sockets: [{ socketNo: 1 }] });
    await expect(put([socket(1, null, 'UID9')])).rejects.toMatchObject({
      name: 'VALIDATION_FAILED',
      details: [{ field: 'sockets.0.uid' }],
    });
    await put([socket(1, MACS[0], 'UID9')]);
    const { command } = await put([socket(3, null, 'UID9'), socket(4, MACS[2])]);
    expect(command.command).toMatchObject({ channel: 4, nodes: [{ socketNo: 3, mac: MACS[0] }, { socketNo: 4 }] });
  });

  it('A03 follows sockets that join and go, and tells of one that is in no list', async () => {
    await took([socket(1, MACS[0])]);
    await reports(1, 'idle');
    await shows({ sockets: [{ socketNo: 1, state: 'online', portNos: [1, 2] }] });
    await reports(1, 'unknown');
    await shows({ sockets: [{ socketNo: 1, state: 'offline' }] });
    await reports(7, 'idle');
    await shows({ sockets: [{ socketNo: 1 }, { socketNo: 7, mac: null, state: 'unlisted', portNos: [13, 14] }] });
    await eventually(() => {
      expect(world.eventsOf(deviceId, 'device.network_changed').at(-1)?.data).toMatchObject({ reason: 'reported' });
      expect(world.eventsOf(deviceId, 'system.alarm').at(-1)?.data).toMatchObject({ alarmType: 'socket_unlisted' });
    });
    const start = world.bus.ask(StartCharge, aStart(13));
    await expect(start).rejects.toMatchObject({ name: 'PORT_FAULTED' });
  });

  it('A03 takes single sockets in and out', async () => {
    await took([socket(1, MACS[0])]);
    await took([socket(2, MACS[1])], { change: 'added', channel: null });
    await shows({ channel: 4, sockets: [{ socketNo: 1 }, { socketNo: 2, mac: MACS[1] }] });
    await took([socket(1, null)], { change: 'removed', channel: null });
    await shows({ channel: 4, sockets: [{ socketNo: 2 }] });
    expect((await get()).sockets).toHaveLength(1);
  });

  it('A03 orders one socket more or less as such, and knows its ports before it reports', async () => {
    const ports = { portNos: [1, 2] };
    await took([{ ...socket(1, MACS[0]), ...ports }, socket(2, MACS[1])]);
    await shows({ sockets: [{ socketNo: 1, state: 'pending', portNos: [1, 2] }, { socketNo: 2 }] });
    const device = await world.bus.ask(GetDevice, { tenantId: TENANT, deviceId });
    expect(device.ports).toMatchObject([
      { portNo: 1, state: 'unknown' },
      { portNo: 2, state: 'unknown' },
    ]);
    const add = await put([socket(1, MACS[0]), socket(2, MACS[1]), socket(3, MACS[2])]);
    expect(add.command.command).toEqual({ kind: 'network.add', socketNo: 3, mac: MACS[2] });
    // While that is under way nobody can tell what the gateway has.
    expect((await put([socket(1, MACS[0])])).command.command).toMatchObject({ kind: 'network.refresh' });
    await took([socket(1, MACS[0]), socket(2, MACS[1])]);
    await shows({ plannedBy: null });
    expect((await put([socket(1, MACS[0])])).command.command).toEqual({
      kind: 'network.remove',
      socketNo: 2,
      remaining: { channel: 4, nodes: [{ socketNo: 1, mac: MACS[0] }] },
    });
  });

  it('A03 lets no socket go that charges', async () => {
    await took([socket(1, MACS[0]), socket(2, MACS[1])]);
    await reports(1, 'idle');
    await shows({ sockets: [{ socketNo: 1, state: 'online' }, {}] });
    await world.bus.ask(StartCharge, aStart(2));
    await expect(put([socket(2, MACS[1])])).rejects.toMatchObject({ name: 'PORT_BUSY' });
    await expect(put([socket(3, MACS[0]), socket(2, MACS[1])])).rejects.toMatchObject({ name: 'PORT_BUSY' });
    expect((await put([socket(1, MACS[0])])).command.status).toBe('queued');
  });

  it('E34 says that a device has no radio sockets, and nothing to strangers', async () => {
    await world.say(facts.connected({ protocol: 'wired', connectionId: 'c2' }));
    await eventually(async () => {
      await expect(put([socket(1, MACS[0])])).rejects.toMatchObject({ name: 'CAPABILITY_NOT_SUPPORTED' });
    });
    await expect(world.bus.ask(GetSockets, { tenantId: OTHER_TENANT, deviceId })).rejects.toMatchObject({
      name: 'DEVICE_NOT_FOUND',
    });
    expect(await get()).toMatchObject({ channel: null, sockets: [] });
  });

  const aStart = (portNo: number): RequestOf<typeof StartCharge> => ({
    tenantId: TENANT,
    clientId: CLIENT,
    deviceId,
    portNo,
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
});
