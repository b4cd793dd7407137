import { randomUUID } from 'node:crypto';
import type { SessionId } from '@chargebus/domain';
import { toInstant } from '@chargebus/domain';
import { GetSampleBuckets, ListAlarms, ListSamples, ListSessions } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { HistoryKeeper } from '../src/history/history-keeper';
import { OTHER_TENANT, TENANT } from './harness';
import { aRef, HOUR, MINUTE, tellStories } from './story';

const PAGE = { limit: 20, offset: 0, cursor: null, sort: null, order: 'desc' as const };

describe('what is remembered of charges', () => {
  const story = tellStories();
  const keeper = (): HistoryKeeper => story.replica.context.get(HistoryKeeper);
  const stored = async (samples: number): Promise<void> =>
    eventually(async () => {
      const [row] = await story.world.postgres.query<{ n: string }>(
        `SELECT count(*) AS n FROM session.meter_values m JOIN session.charging_sessions s USING (internal_order_id)
         WHERE s.device_id = $1`,
        [story.deviceId],
      );
      expect(Number(row?.n)).toBe(samples);
    });

  /** A charge of `minutes` at the given power, one sample a minute from now on; the clock moves along. */
  async function charge(minutes: number, powerW: number): Promise<void> {
    const order = aRef();
    await story.world.say(story.facts.connected());
    const facts = [];
    for (let minute = 1; minute <= minutes; minute++) {
      story.world.clock.advance(MINUTE);
      facts.push(
        story.facts.progress(order, {
          durationS: minute * 60,
          energyWh: (powerW * minute) / 60,
          powerW,
          minPowerW: powerW - 50,
          maxPowerW: powerW + 50,
          voltageV: 220 + (minute % 2),
        }),
      );
    }
    await story.world.say(...facts);
  }
  const query = (fromMs: number, more: Partial<RequestOf<typeof GetSampleBuckets>> = {}) => ({
    tenantId: TENANT,
    deviceId: story.deviceId,
    portNo: null,
    sessionId: null,
    from: toInstant(fromMs),
    until: story.world.clock.iso(1),
    points: 10,
    metrics: ['power' as const, 'voltage' as const, 'soc' as const],
    ...more,
  });
  const buckets = (fromMs: number, more: Partial<RequestOf<typeof GetSampleBuckets>> = {}) =>
    story.world.bus.ask(GetSampleBuckets, query(fromMs, more));
  const energyOf = (found: ReplyOf<typeof GetSampleBuckets>): number =>
    Math.round(found.items.reduce((sum, item) => sum + item.energyWh, 0));

  it('G05 gathers samples in as many points as asked for, with average, extremes and the energy delivered', async () => {
    const from = story.world.clock.ms;
    await charge(30, 600);
    await stored(30);
    const found = await buckets(from, { points: 3 });
    expect(found).toMatchObject({ source: 'samples', deviceId: story.deviceId });
    expect(found.items.length).toBeGreaterThanOrEqual(2);
    expect(found.items.length).toBeLessThanOrEqual(3);
    expect(found.items.reduce((sum, { samples }) => sum + samples, 0)).toBe(30);
    expect(energyOf(found)).toBe(300);
    for (const item of found.items) {
      expect(item.portNo).toBe(1);
      expect(item.metrics.power).toEqual({ avg: 600, min: 550, max: 650 });
      expect(item.metrics.voltage).toMatchObject({ min: 220, max: 221 });
      expect(item.metrics.soc).toBeNull();
    }
    expect((await buckets(from, { portNo: 2 })).items).toEqual([]);
    await expect(buckets(from, { tenantId: OTHER_TENANT })).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
  });

  it('G05 AB09 answers long ranges from rolled up hours and goes on with what was just reported', async () => {
    const from = story.world.clock.ms;
    await charge(120, 600);
    story.world.clock.advance(HOUR);
    await stored(120);
    await keeper().run();
    const whole = await buckets(from, { points: 3 });
    expect(whole.source).toBe('hours');
    expect(whole.items.reduce((sum, { samples }) => sum + samples, 0)).toBe(120);
    expect(energyOf(whole)).toBe(1_200);
    const [hours] = await story.world.postgres.query<{ n: string }>(
      `SELECT count(*) AS n FROM session.meter_hours h JOIN session.charging_sessions s USING (internal_order_id)
       WHERE s.device_id = $1`,
      [story.deviceId],
    );
    expect(Number(hours?.n)).toBeGreaterThanOrEqual(2);

    await charge(5, 1_000);
    await stored(125);
    const more = await buckets(from, { points: 3, metrics: ['power'] });
    expect(more.source).toBe('hours');
    expect(more.items.reduce((sum, { samples }) => sum + samples, 0)).toBe(125);
    expect(Math.max(...more.items.map((item) => item.metrics.power?.max ?? 0))).toBe(1_050);
  });

  it('G05 rolls an hour up again for samples that come late, and not twice for those that come again', async () => {
    const from = story.world.clock.ms;
    const order = aRef();
    await story.world.say(story.facts.connected(), story.facts.progress(order, { durationS: 60, energyWh: 10 }));
    await stored(1);
    const late = story.facts.progress(order, { durationS: 120, energyWh: 20, powerW: 700, maxPowerW: 900 });
    story.world.clock.advance(3 * HOUR);
    await keeper().run();
    await story.world.say(late, late);
    await stored(2);
    await eventually(async () => {
      await keeper().run();
      const { source, items } = await buckets(from - HOUR, { points: 2, metrics: ['power'] });
      expect(source).toBe('hours');
      expect(items.map(({ samples, metrics }) => [samples, metrics.power?.max])).toEqual([[2, 900]]);
    });
  });

  it('G05 gives the samples themselves, each once, page by page through long silences', async () => {
    const from = story.world.clock.ms;
    await charge(7, 600);
    story.world.clock.advance(40 * 24 * HOUR);
    await charge(6, 900);
    await stored(13);
    const seen: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const { tenantId, deviceId, portNo, sessionId, from: begin, until } = query(from);
      const range = { tenantId, deviceId, portNo, sessionId, from: begin, until };
      const page: ReplyOf<typeof ListSamples> = await story.world.bus.ask(ListSamples, { ...range, cursor, limit: 4 });
      seen.push(...page.items.map(({ sampledAt }) => sampledAt));
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(13);
    expect(seen).toEqual([...new Set(seen)].toSorted());
  });

  it('G07 lists faults, active and past, and alarms of the system about the device', async () => {
    const alarms = async (filter: Partial<RequestOf<typeof ListAlarms>> = {}) =>
      story.world.bus.ask(ListAlarms, {
        tenantId: TENANT,
        deviceId: story.deviceId,
        portNo: null,
        severity: null,
        active: null,
        alarmType: null,
        from: null,
        until: null,
        page: PAGE,
        ...filter,
      });
    await story.world.say(
      story.facts.connected(),
      story.facts.heartbeat({ ports: [{ portNo: 1, state: 'fault', fault: 'relay_stuck' }] }),
    );
    await story.tells('device.fault');
    story.world.clock.advance(MINUTE);
    await story.world.say({
      type: 'frame.rejected',
      id: `fact-${randomUUID()}`,
      deviceId: story.deviceId,
      at: story.world.clock.iso(),
      reason: 'payload too short',
      command: '03',
      hex: '444e59',
      isSettlement: true,
    });
    await eventually(async () => {
      const { items, total } = await alarms();
      expect(total).toBe(2);
      expect(items).toMatchObject([
        {
          source: 'system',
          alarmType: 'settlement_undecodable',
          severity: 'critical',
          message: expect.any(String) as string,
        },
        { source: 'device', alarmType: 'relay_stuck', severity: 'critical', portNo: 1, resolvedAt: null },
      ]);
    });
    story.world.clock.advance(MINUTE);
    await story.world.say(story.facts.heartbeat({ ports: [{ portNo: 1, state: 'idle', fault: null }] }));
    await story.tells('device.recovered');
    expect((await alarms({ active: true })).items).toEqual([]);
    expect((await alarms({ active: false, portNo: 1 })).items).toMatchObject([
      { alarmType: 'relay_stuck', resolvedAt: expect.any(String) as string },
    ]);
    expect((await alarms({ severity: 'warning' })).items).toEqual([]);
    expect((await alarms({ from: story.world.clock.iso(-90_000) })).items).toHaveLength(1);
    await expect(alarms({ tenantId: OTHER_TENANT })).rejects.toMatchObject({ name: 'DEVICE_NOT_FOUND' });
  });

  it('G05 finds sessions by time, state, port, order and user', async () => {
    const before = story.world.clock.iso();
    const { session } = await story.start({ userId: 'U-1' });
    const sessions = async (filter: Partial<RequestOf<typeof ListSessions>>): Promise<readonly SessionId[]> =>
      (
        await story.world.bus.ask(ListSessions, {
          tenantId: TENANT,
          deviceId: story.deviceId,
          orderNo: null,
          state: null,
          page: PAGE,
          ...filter,
        })
      ).items.map(({ sessionId }) => sessionId);
    for (const filter of [
      { from: before, until: story.world.clock.iso(1) },
      { states: ['pending', 'starting'] as const },
      { portNo: 1 },
      { userId: 'U-1' },
      { orderNo: session.orderNo },
    ])
      expect(await sessions({ ...filter, states: 'states' in filter ? [...filter.states] : null })).toEqual([
        session.sessionId,
      ]);
    for (const filter of [{ until: before }, { states: [] }, { portNo: 2 }, { userId: 'U-2' }])
      expect(await sessions(filter)).toEqual([]);
  });

  it('AB01 AB03 keeps one session per id and per order of a client, in JSONB what it is made of', async () => {
    const columns = await story.world.postgres.query<{ name: string; type: string }>(
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'session' AND table_name = 'charging_sessions'`,
    );
    const types = new Map(columns.map(({ name, type }) => [name, type]));
    for (const name of ['api_request_data', 'auto_stop_conditions', 'realtime_data'])
      expect([name, types.get(name)]).toEqual([name, 'jsonb']);
    for (const name of [
      'third_party_user_id',
      'internal_order_id',
      'device_id',
      'port_no',
      'start_time',
      'end_time',
      'last_update',
    ])
      expect([name, types.has(name)]).toEqual([name, true]);
    const { session } = await story.start();
    const [row] = await story.world.postgres.query<{ status: string }>(
      `SELECT column_default AS status FROM information_schema.columns
       WHERE table_schema = 'session' AND table_name = 'charging_sessions' AND column_name = 'status'`,
    );
    expect(row?.status).toContain('pending');
    const copy = (change: string) =>
      story.world.postgres.query(
        `INSERT INTO session.charging_sessions (session_id, tenant_id, device_id, port_no, client_id, third_party_order_no,
           notify_interval_s, source, status, holds_port, created_at)
         SELECT ${change}, notify_interval_s, source, 'settled', false, created_at
         FROM session.charging_sessions WHERE session_id = $1`,
        [session.sessionId],
      );
    await expect(copy('session_id, tenant_id, device_id, port_no, client_id, NULL')).rejects.toThrow(/session_id_key/);
    await expect(copy(`'copy-1', tenant_id, device_id, port_no, client_id, third_party_order_no`)).rejects.toThrow(
      /sessions_order/,
    );
    await copy(`'copy-2', tenant_id, device_id, port_no, gen_random_uuid(), third_party_order_no`);
  });
});
