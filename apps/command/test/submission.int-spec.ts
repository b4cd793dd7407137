import { randomUUID } from 'node:crypto';
import type { CommandOutcome, TenantId } from '@chargebus/domain';
import { CancelCommand, GetCommand, GetCommandStates, ListCommands } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { IS_SILENT } from './fake-gateway';
import { aDevice, anOrder, aStart, aStop, aSubmission, inMs, TENANT, UNTIL_FINISHED, World } from './harness';

describe('giving an order to a device', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
  });
  afterAll(() => world.stop());

  it('A04 A05 C01 sends a start to whoever holds the device and keeps its answer', async () => {
    const order = aSubmission(aStart());
    await world.gateway.holdDevice(order.deviceId);
    const accepted = await world.submit(order);
    expect(accepted).toMatchObject({ commandId: order.commandId, finishedAt: null });

    const done = await world.becomes(order.commandId, 'acked');
    expect(done).toMatchObject({ attempts: 1, result: { ok: true }, reason: null });
    expect(done.log).toMatchObject([{ attemptNo: 1, outcome: 'acked' }]);
    expect(done.log[0]?.sentAt).not.toBeNull();
    expect(done.log[0]?.finishedAt).not.toBeNull();
    expect(world.gateway.askedOf(order.deviceId)).toEqual(['charge.start']);
  });

  it('E17 C06 answers `sent` when asked to wait for that, and the outcome when asked for the end', async () => {
    const device = aDevice();
    let answer: (outcome: CommandOutcome) => void = () => undefined;
    await world.gateway.holdDevice(device, { hold: new Promise((resolve) => (answer = resolve)) });
    const order = aSubmission(aStart(), { deviceId: device, wait: { until: 'sent', timeoutMs: 5_000 } });
    expect(await world.submit(order)).toMatchObject({ status: 'sent', finishedAt: null });

    const end = world.get(order.commandId, UNTIL_FINISHED);
    answer({ status: 'acked', result: {} });
    expect(await end).toMatchObject({ status: 'acked' });
  });

  it('C06 answers `queued` as soon as the device is known to be away, and does not use up the wait', async () => {
    const order = aSubmission(aStart(), { wait: { until: 'sent', timeoutMs: 60_000 } });
    expect(await world.submit(order)).toMatchObject({ status: 'queued' });
  });

  it('C04 answers a repeated submission with the command as it stands and sends it once', async () => {
    const order = aSubmission(aStart());
    await world.gateway.holdDevice(order.deviceId);
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.submit(order)));
    expect(new Set(answers.map(({ commandId }) => commandId)).size).toBe(1);
    await world.becomes(order.commandId, 'acked');
    expect(await world.submit(order)).toMatchObject({ status: 'acked', attempts: 1 });
    expect(world.gateway.timesAsked(order.commandId)).toBe(1);
  });

  it('U05 hides a command from other tenants and refuses its id to them', async () => {
    const order = aSubmission(aStart());
    await world.submit(order);
    const other = randomUUID() as TenantId;
    const notFound = { name: 'COMMAND_NOT_FOUND' };
    const theirs = { tenantId: other, commandId: order.commandId };
    await expect(world.bus.ask(GetCommand, { ...theirs, wait: null })).rejects.toMatchObject(notFound);
    const mine = { tenantId: TENANT, commandId: order.commandId };
    const asOwn = { ...theirs, commandId: (await world.submit(aSubmission(aStart()))).commandId };
    const states = await world.bus.ask(GetCommandStates, { commands: [theirs, mine, asOwn] });
    expect(states.items).toMatchObject([{ ...mine, status: 'queued', result: null }]);
    await expect(world.bus.ask(CancelCommand, theirs)).rejects.toMatchObject(notFound);
    await expect(world.submit({ ...order, tenantId: other })).rejects.toMatchObject({ name: 'IDEMPOTENCY_KEY_REUSED' });
    const page = { limit: 50, offset: 0, cursor: null, sort: null, order: 'desc' as const };
    const listed = await world.bus.ask(ListCommands, { tenantId: other, deviceId: null, status: null, page });
    expect(listed).toEqual({ items: [], total: 0, nextCursor: null });
  });

  it('G06 finds commands by time, kind, status, session and text, with every attempt', async () => {
    const device = aDevice();
    const start = aSubmission(aStart(7), { deviceId: device, sessionId: `SES${randomUUID()}` as never });
    const stop = aSubmission(aStop(anOrder(), 8), { deviceId: device });
    for (const submission of [start, stop]) await world.submit(submission);
    const page = { limit: 50, offset: 0, cursor: null, sort: null, order: 'desc' as const };
    const find = async (filter: Partial<RequestOf<typeof ListCommands>>): Promise<readonly string[]> => {
      const asked = { tenantId: start.tenantId, deviceId: device, status: null, page, ...filter };
      return (await world.bus.ask(ListCommands, asked)).items.map(({ commandId }) => commandId);
    };
    const soon = new Date(Date.now() + 60_000).toISOString();
    expect(await find({ kind: 'charge.*', until: soon })).toEqual([stop.commandId, start.commandId]);
    expect(await find({ kind: 'charge.stop' })).toEqual([stop.commandId]);
    expect(await find({ sessionId: start.sessionId })).toEqual([start.commandId]);
    expect(await find({ text: '"portNo":7' })).toEqual([start.commandId]);
    for (const nothing of [{ kind: 'charge' }, { kind: '%' }, { text: '_portNo' }, { from: soon }])
      expect(await find(nothing)).toEqual([]);
  });

  it('E20 withdraws a start that still waits when its port is told to stop', async () => {
    const device = aDevice();
    const orderRef = anOrder();
    const start = aSubmission(aStart(1, orderRef), { deviceId: device });
    const elsewhere = aSubmission(aStart(2), { deviceId: device });
    await world.submit(start);
    await world.submit(elsewhere);
    await eventually(async () => {
      expect((await world.get(start.commandId)).log).toHaveLength(1);
    });
    const stop = aSubmission(aStop(orderRef, 1), { deviceId: device });
    await world.submit(stop);
    expect(await world.becomes(start.commandId, 'withdrawn')).toMatchObject({ reason: 'stopped' });

    await world.gateway.holdDevice(device);
    await world.announceOnline(device);
    await world.becomes(stop.commandId, 'acked');
    await world.becomes(elsewhere.commandId, 'acked');
    expect(world.gateway.timesAsked(start.commandId)).toBe(0);
  });

  it('E20 withdraws by port as well, but not the start of another session', async () => {
    const device = aDevice();
    const samePort = aSubmission(aStart(3), { deviceId: device });
    await world.submit(samePort);
    await world.submit(aSubmission(aStop(anOrder(), 3), { deviceId: device }));
    await world.becomes(samePort.commandId, 'withdrawn');

    const next = aSubmission(aStart(3), { deviceId: device, sessionId: `SES${randomUUID()}` as never });
    await world.submit(next);
    await world.submit(
      aSubmission(aStop(anOrder(), 3), { deviceId: device, sessionId: `SES${randomUUID()}` as never }),
    );
    expect(await world.get(next.commandId)).toMatchObject({ status: 'queued' });
  });

  it('E20 never sends a start that comes after its own stop', async () => {
    const device = aDevice();
    const orderRef = anOrder();
    await world.gateway.holdDevice(device);
    await world.submit(aSubmission(aStop(orderRef), { deviceId: device, wait: UNTIL_FINISHED }));
    const start = aSubmission(aStart(1, orderRef), { deviceId: device, wait: UNTIL_FINISHED });
    expect(await world.submit(start)).toMatchObject({ status: 'withdrawn' });
    expect(world.gateway.askedOf(device)).toEqual(['charge.stop']);
  });

  it('E34 cancels what was not sent, twice as well, and nothing else', async () => {
    const waiting = aSubmission(aStart());
    await world.submit(waiting);
    await eventually(async () => {
      expect((await world.get(waiting.commandId)).log[0]?.finishedAt).toBeTruthy();
    });
    const cancel = { tenantId: TENANT, commandId: waiting.commandId };
    expect(await world.bus.ask(CancelCommand, cancel)).toMatchObject({ status: 'cancelled' });
    expect(await world.bus.ask(CancelCommand, cancel)).toMatchObject({ status: 'cancelled' });

    const done = aSubmission(aStart(), { wait: UNTIL_FINISHED });
    await world.gateway.holdDevice(done.deviceId);
    await world.submit(done);
    const late = world.bus.ask(CancelCommand, { tenantId: TENANT, commandId: done.commandId });
    await expect(late).rejects.toMatchObject({ name: 'COMMAND_NOT_CANCELLABLE' });
  });

  it('C05 lists the log of one device, newest first, page by page', async () => {
    const device = aDevice();
    await world.gateway.holdDevice(device);
    const orders = Array.from({ length: 5 }, () =>
      aSubmission({ kind: 'status.query' }, { deviceId: device, wait: UNTIL_FINISHED }),
    );
    for (const order of orders) await world.submit(order);
    const newestFirst = orders.map(({ commandId }) => commandId).reverse();

    const ask = (cursor: string | null, offset = 0) =>
      world.bus.ask(ListCommands, {
        tenantId: TENANT,
        deviceId: device,
        status: null,
        page: { limit: 2, offset, cursor, sort: null, order: 'desc' },
      });
    const seen: string[] = [];
    for (let cursor: string | null = null; seen.length < 5;) {
      const page = await ask(cursor);
      expect(page.total).toBe(5);
      seen.push(...page.items.map(({ commandId }) => commandId));
      expect(page.items.every(({ log }) => log.length === 1)).toBe(true);
      cursor = page.nextCursor;
      expect(cursor === null).toBe(seen.length === 5);
    }
    expect(seen).toEqual(newestFirst);
    expect((await ask(null, 3)).items.map(({ commandId }) => commandId)).toEqual(newestFirst.slice(3));
    await expect(ask('nonsense')).rejects.toMatchObject({ name: 'VALIDATION_FAILED' });
  });

  it('E34 ends a start that the device leaves unanswered as `no_reply`, without repeating it', async () => {
    const order = aSubmission(aStart());
    await world.gateway.holdDevice(order.deviceId, IS_SILENT);
    await world.submit(order);
    expect(await world.becomes(order.commandId, 'no_reply')).toMatchObject({ attempts: 1 });
    expect(world.gateway.timesAsked(order.commandId)).toBe(1);
  });

  it('E34 keeps the reason of a device that refuses, and that of a driver that cannot', async () => {
    const refused = aSubmission(aStart());
    await world.gateway.holdDevice(refused.deviceId, { outcome: { status: 'rejected', reason: 'port_fault' } });
    await world.submit(refused);
    expect(await world.becomes(refused.commandId, 'rejected')).toMatchObject({ reason: 'port_fault' });

    const impossible = aSubmission({ kind: 'cabinet.open', portNo: 1 });
    await world.gateway.holdDevice(impossible.deviceId, { outcome: { status: 'unsupported', reason: 'no_door' } });
    await world.submit(impossible);
    expect(await world.becomes(impossible.commandId, 'rejected')).toMatchObject({ reason: 'unsupported: no_door' });
  });

  it('E34 keeps texts with a NUL as they are', async () => {
    const order = aSubmission({ kind: 'display.set_qr', text: 'a\u0000b', persistent: false, showFirst: false });
    await world.gateway.holdDevice(order.deviceId, { outcome: { status: 'acked', result: { text: 'c\u0000d' } } });
    await world.submit(order);
    expect(await world.becomes(order.commandId, 'acked')).toMatchObject({
      command: { text: 'a\u0000b' },
      result: { text: 'c\u0000d' },
    });
  });

  it('C07 refuses what the queue of a device cannot hold, but never a stop', async () => {
    const device = aDevice();
    const ask = () => world.submit(aSubmission({ kind: 'status.query' }, { deviceId: device }));
    const answers = await Promise.allSettled(Array.from({ length: 40 }, ask));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(32);
    await expect(ask()).rejects.toMatchObject({ name: 'QUEUE_FULL' });
    const stop = await world.submit(aSubmission(aStop(), { deviceId: device }));
    expect(stop).toMatchObject({ finishedAt: null });
  });

  it('C01 ends what cannot be sent by its expiry', async () => {
    const order = aSubmission(aStart(), { expiresAt: inMs(700) });
    await world.submit(order);
    expect(await world.becomes(order.commandId, 'expired')).toMatchObject({ reason: 'expired', sentAt: null });
    await world.gateway.holdDevice(order.deviceId);
    await world.announceOnline(order.deviceId);
    const next = aSubmission({ kind: 'status.query' }, { deviceId: order.deviceId, wait: UNTIL_FINISHED });
    expect(await world.submit(next)).toMatchObject({ status: 'acked' });
    expect(world.gateway.timesAsked(order.commandId)).toBe(0);
  });
});
