import { randomUUID } from 'node:crypto';
import { ANY_DEVICE } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import { AuthoriseCard, GetDeviceRealtime, ListDevices, ListSessions } from '@chargebus/requests';
import type { ReplyOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { OTHER_TENANT, TENANT } from './harness';
import { aRef, tellStories } from './story';

const PAGE = { limit: 20, offset: 0, cursor: null, sort: null, order: 'desc' as const };

describe('what is kept for people and partners', () => {
  const story = tellStories();

  it('A09 answers a card once, and the same question with the same answer', async () => {
    const question = {
      deviceId: story.deviceId,
      causeId: `card-${randomUUID()}`,
      cardId: 'AABBCCDD',
      cardNumber: '1',
      portNo: 1,
    };
    const first = await story.world.bus.ask(AuthoriseCard, question);
    expect(first.decision).toBe('unknown_card');
    await story.world.say(story.facts.heartbeat({ ports: [{ portNo: 1, state: 'fault', fault: 'relay_stuck' }] }));
    await story.tells('device.fault');
    expect(await story.world.bus.ask(AuthoriseCard, question)).toEqual(first);
    const other = await story.world.bus.ask(AuthoriseCard, { ...question, causeId: `card-${randomUUID()}` });
    expect(other.decision).toBe('port_fault');
    const stranger = await story.world.bus.ask(AuthoriseCard, { ...question, deviceId: 'FFFFFFFF' as DeviceId });
    expect(stranger.decision).toBe('device_not_registered');
  });

  it('A18 keeps the latest notice of each topic for people to read', async () => {
    const notice = (topic: string, details: Record<string, unknown>) => ({
      type: 'device.notice' as const,
      id: `fact-${randomUUID()}`,
      deviceId: story.deviceId,
      at: story.world.clock.iso(),
      topic,
      details,
    });
    await story.world.say(
      notice('security_event', { type: 'ResetOrReboot' }),
      notice('reservation', { status: 'Expired' }),
    );
    await story.world.say(notice('security_event', { type: 'MemoryExhaustion' }));
    await eventually(async () => {
      expect((await story.device()).attributes.notices).toMatchObject({
        security_event: { type: 'MemoryExhaustion' },
        reservation: { status: 'Expired' },
      });
    });
  });

  it('I14 keeps frames that cannot be read, and raises an alarm for a settlement', async () => {
    const rejected = {
      type: 'frame.rejected' as const,
      id: `fact-${randomUUID()}`,
      deviceId: story.deviceId,
      at: story.world.clock.iso(),
      reason: 'payload too short',
      command: '03',
      hex: '444e59',
      isSettlement: true,
    };
    await story.world.say(rejected, rejected);
    const [alarm] = await story.tells('system.alarm');
    expect(alarm?.data).toMatchObject({ alarmType: 'settlement_undecodable', severity: 'critical' });
    const rows = await story.world.postgres.query('SELECT hex FROM session.rejected_frames WHERE device_id = $1', [
      story.deviceId,
    ]);
    expect(rows).toEqual([{ hex: '444e59' }]);
  });

  it('G01 G04 D12 lists devices and sessions by page and cursor, each tenant its own', async () => {
    const order = aRef();
    await story.world.say(story.facts.connected(), story.facts.heartbeat(), story.facts.progress(order));
    await story.reaches('charging');
    const all: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const page: ReplyOf<typeof ListDevices> = await story.world.bus.ask(ListDevices, {
        tenantId: TENANT,
        filter: ANY_DEVICE,
        page: { ...PAGE, limit: 3, cursor },
      });
      all.push(...page.items.map((item) => item.deviceId));
      cursor = page.nextCursor;
      expect(page.total).toBeGreaterThanOrEqual(all.length);
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toContain(story.deviceId);
    const sessions = await story.world.bus.ask(ListSessions, {
      tenantId: TENANT,
      deviceId: story.deviceId,
      orderNo: null,
      state: 'charging',
      page: PAGE,
    });
    expect(sessions.items.map((item) => item.deviceId)).toEqual([story.deviceId]);
    const foreign = await story.world.bus.ask(ListSessions, {
      tenantId: OTHER_TENANT,
      deviceId: story.deviceId,
      orderNo: null,
      state: null,
      page: PAGE,
    });
    expect(foreign).toMatchObject({ items: [], total: 0 });
    const realtime = await story.world.bus.ask(GetDeviceRealtime, { tenantId: TENANT, deviceId: story.deviceId });
    expect(realtime.ports[0]).toMatchObject({
      state: 'charging',
      powerW: 600,
      sample: { energyWh: 10, voltageV: 221.5 },
    });
  });
});
