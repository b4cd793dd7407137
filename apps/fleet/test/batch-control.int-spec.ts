import type { BatchOrder } from '@chargebus/requests';
import { CancelJob, RetryJob } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { CLIENT, REBOOT, TENANT, World } from './harness';

const start = (portNo: number): BatchOrder => ({
  action: 'start_charging',
  portNo,
  orderNo: null,
  userId: null,
  limits: { mode: 1, timeLimitMin: 60, energyLimitKwh: null, powerLimitW: null },
  notifyIntervalS: 30,
  autoStop: null,
  requestBody: {},
});
const stop = (portNo: number): BatchOrder => ({
  action: 'stop_charging',
  portNo,
  orderNo: null,
  reason: 'user_stop',
  force: false,
});

describe('batch control', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.start();
    await world.startApp();
  }, 30_000);
  afterAll(async () => {
    await world.stop();
  });
  beforeEach(() => {
    world.command.fate = () => 'acked';
    world.command.mostOpenAtOnce = 0;
    world.events.length = 0;
  });

  it('H01 H02 starts, stops and reboots devices and answers with what each of them did', async () => {
    const [a, b, c] = [world.session.addDevice(), world.session.addDevice(), world.session.addDevice()];
    await world.control([{ deviceId: b, order: start(2) }], { waitMs: 10_000 });
    const { job, items } = await world.control(
      [
        { deviceId: a, order: start(1) },
        { deviceId: b, order: stop(2) },
        { deviceId: c, order: REBOOT },
      ],
      { waitMs: 10_000 },
    );
    expect(job).toMatchObject({ kind: 'batch.control', status: 'completed', tally: { total: 3, succeeded: 3 } });
    expect(items?.map(({ deviceId, status }) => [deviceId, status])).toEqual([
      [a, 'succeeded'],
      [b, 'succeeded'],
      [c, 'succeeded'],
    ]);
    expect(items?.[0]?.result).toMatchObject({ session_id: `SES${a}1`, command_status: 'acked' });
    await eventually(() => {
      expect(world.events.map(({ type }) => type)).toContain('job.finished');
      return Promise.resolve();
    });
  });

  it('H06 goes on after a device that fails, and says how it failed', async () => {
    const known = world.session.addDevice();
    const absent = world.session.addDevice({ online: false });
    const { job, items } = await world.control(
      [
        { deviceId: 'NOSUCH', order: start(1) },
        { deviceId: absent, order: start(1) },
        { deviceId: known, order: start(1) },
      ],
      { waitMs: 10_000 },
    );
    expect(job).toMatchObject({ status: 'completed', tally: { succeeded: 1, failed: 2 } });
    expect(items?.map(({ code }) => code)).toEqual(['DEVICE_NOT_FOUND', 'DEVICE_IS_OFFLINE', null]);
  });

  it('H03 H06 keeps the order when sequential, and begins nothing after a failure where it is told so', async () => {
    const devices = world.session.addDevices(4);
    world.command.sequence.length = 0;
    world.command.fate = (deviceId) => (deviceId === devices[2] ? 'rejected' : 'acked');
    const { job, items } = await world.control(
      devices.map((deviceId) => ({ deviceId, order: REBOOT })),
      { waitMs: 10_000, options: { concurrency: 1, timeoutMs: 30_000, continueOnError: false } },
    );
    expect(job).toMatchObject({
      status: 'failed',
      reason: 'item_failed',
      tally: { succeeded: 2, failed: 1, skipped: 1 },
    });
    expect(items?.map(({ status, code }) => [status, code])).toEqual([
      ['succeeded', null],
      ['succeeded', null],
      ['failed', 'COMMAND_REJECTED'],
      ['skipped', null],
    ]);
    expect(world.command.sequence).toEqual(devices.slice(0, 3));
  });

  it('H04 has no more than max_concurrent under way, and ends items whose event was lost', async () => {
    const devices = world.session.addDevices(30);
    world.command.fate = () => 'sent';
    const { job } = await world.control(
      devices.map((deviceId) => ({ deviceId, order: REBOOT })),
      { options: { concurrency: 7, timeoutMs: 30_000, continueOnError: true } },
    );
    await eventually(async () => {
      expect((await world.job(job.jobId)).tally.running).toBe(7);
    });
    const [first] = world.command.ofDevice(devices[0] ?? '');
    if (first !== undefined) await world.command.finish(first.commandId, 'acked', true);
    const done = eventually(async () => {
      const now = await world.job(job.jobId);
      if (now.finishedAt !== null) return now;
      await world.command.finishAll('acked');
      throw new Error(JSON.stringify(now.tally));
    }, 20_000);
    expect(await done).toMatchObject({ status: 'completed', tally: { total: 30, succeeded: 30 } });
    expect(world.command.mostOpenAtOnce).toBe(7);
    expect(Math.max(...world.command.submissions.values())).toBe(1);
  });

  it('H05 gives a device its time, takes the order back and says so', async () => {
    const quiet = world.session.addDevice();
    world.command.fate = () => 'queued';
    const { items } = await world.control([{ deviceId: quiet, order: REBOOT }], {
      waitMs: 15_000,
      options: { concurrency: 10, timeoutMs: 1_000, continueOnError: true },
    });
    expect(items).toMatchObject([{ status: 'failed', code: 'ITEM_TIMEOUT', result: { command_status: 'cancelled' } }]);
    expect(world.command.ofDevice(quiet)).toMatchObject([{ status: 'cancelled' }]);
  });

  it('H03 begins nothing more once it is cancelled, takes back what has not left and awaits what has', async () => {
    const devices = world.session.addDevices(20);
    world.command.fate = (deviceId) => (deviceId === devices[0] ? 'sent' : 'queued');
    const { job } = await world.control(devices.map((deviceId) => ({ deviceId, order: REBOOT })));
    await eventually(async () => {
      expect((await world.items(job.jobId, 'running')).filter(({ commandId }) => commandId !== null)).toHaveLength(10);
    });
    const ref = { tenantId: TENANT, ownedBy: null, jobId: job.jobId };
    expect(await world.bus.ask(CancelJob, ref)).toMatchObject({ status: 'cancelling' });
    await eventually(async () => {
      expect((await world.job(job.jobId)).tally).toMatchObject({ running: 1, skipped: 19 });
    });
    const [sent] = world.command.ofDevice(devices[0] ?? '');
    if (sent !== undefined) await world.command.finish(sent.commandId, 'acked');
    expect(await world.over(job.jobId)).toMatchObject({ status: 'cancelled', tally: { succeeded: 1, skipped: 19 } });
    expect(await world.bus.ask(CancelJob, ref)).toMatchObject({ status: 'cancelled' });
    const again = await world.bus.ask(RetryJob, { ...ref, clientId: CLIENT, idempotencyKey: null });
    expect(again.job.tally.total).toBe(19);
    world.command.fate = () => 'acked';
    await world.command.finishAll('acked');
    expect(await world.over(again.job.jobId)).toMatchObject({ status: 'completed' });
  });

  it('H01 makes one job of one key, and refuses the key for another batch', async () => {
    const a = world.session.addDevice();
    const key = { idempotencyKey: 'batch-1', waitMs: 10_000 };
    const first = await world.control([{ deviceId: a, order: REBOOT }], key);
    const second = await world.control([{ deviceId: a, order: REBOOT }], key);
    expect([first.replayed, second.replayed, second.job.jobId]).toEqual([false, true, first.job.jobId]);
    expect(world.command.ofDevice(a)).toHaveLength(1);
    await expect(world.control([{ deviceId: a, order: start(1) }], key)).rejects.toMatchObject({
      definition: { name: 'IDEMPOTENCY_KEY_REUSED' },
    });
  });
});
