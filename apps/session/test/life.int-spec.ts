import type { OrderRef } from '@chargebus/domain';
import type { RequestOf, StartCharge } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { aRef, HOUR, MINUTE, tellStories } from './story';

describe('what becomes of charges in time', () => {
  const story = tellStories();

  describe('starts without a clear answer', () => {
    it('AP3000 §13 fails a start that nothing proves within 60 s, and orders one stop', async () => {
      const { session } = await story.start();
      await story.finished(session.sessionId, 'start', 'no_reply');
      await eventually(async () => {
        expect((await story.status()).session?.detail).toBe('no_response');
      });
      story.world.clock.advance(59_000);
      await story.sweep();
      expect((await story.status()).session?.state).toBe('starting');
      story.world.clock.advance(2_000);
      await story.sweep();
      await story.reaches('failed');
      const [failed] = await story.tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'no_response', startedAt: null });
      await eventually(() => {
        expect(story.world.command.ordersOf(session.sessionId)).toEqual(['charge.start', 'charge.stop']);
      });
    });

    it.each(['progress', 'started', 'port', 'settled'] as const)('AP3000 §13 takes %s as proof', async (kind) => {
      const { session, orderRef } = await story.start();
      await story.finished(session.sessionId, 'start', 'no_reply');
      await eventually(async () => {
        expect((await story.status()).session?.detail).toBe('no_response');
      });
      story.world.clock.advance(10_000);
      const proof = {
        progress: story.facts.progress(orderRef),
        started: story.facts.started(orderRef, { source: 'platform' }),
        port: story.facts.heartbeat({ ports: [{ portNo: 1, state: 'charging', fault: null }] }),
        settled: story.facts.settled(orderRef),
      };
      await story.world.say(proof[kind]);
      await story.reaches(kind === 'settled' ? 'settled' : 'charging');
      await story.tells('charging.started');
      story.world.clock.advance(61_000);
      await story.sweep();
      expect(story.world.eventsOf(story.deviceId, 'charging.failed')).toHaveLength(0);
    });

    it('AP3000 §12 waits for a report after an accepted start on a faulty port', async () => {
      const { session, orderRef } = await story.start();
      await story.world.say(
        story.facts.replied(orderRef, { unproven: true, reason: 'port_fault', fault: 'port_fault' }),
      );
      const [fault] = await story.tells('device.fault');
      expect(fault?.data).toMatchObject({ faultType: 'port_fault', portNo: 1, affectedSession: session.sessionId });
      story.world.clock.advance(61_000);
      await story.sweep();
      const [failed] = await story.tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'port_fault' });
    });

    it('I08 fails at once when the device refuses, with the ports that wait', async () => {
      const { orderRef } = await story.start({ portNo: null });
      await story.world.say(
        story.facts.replied(orderRef, {
          executed: false,
          portNo: null,
          reason: 'ambiguous_port',
          waitingPorts: [1, 2],
        }),
      );
      const [failed] = await story.tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'ambiguous_port', portNo: null, waitingPorts: [1, 2] });
    });

    it('E16 learns its port from the device', async () => {
      const { session, orderRef } = await story.start({ portNo: null });
      expect(session.portNo).toBeNull();
      await story.world.say(story.facts.replied(orderRef, { portNo: 2 }));
      expect((await story.reaches('charging', 2)).sessionId).toBe(session.sessionId);
    });

    it('C01 fails when the order expired before the device could be reached', async () => {
      const { session } = await story.start();
      await story.finished(session.sessionId, 'start', 'expired');
      const [failed] = await story.tells('charging.failed');
      expect(failed?.data).toMatchObject({ sessionId: session.sessionId, reason: 'expired' });
    });

    it('C02 gives an order again that was never taken, with the same id', async () => {
      story.world.command.away = true;
      const { session } = await story.start({ orderNo: 'ORD-lost' });
      expect(session.state).toBe('pending');
      expect(story.world.command.ordersOf(session.sessionId)).toEqual([]);
      story.world.command.away = false;
      story.world.clock.advance(6_000);
      await story.sweep();
      await story.reaches('starting');
      expect(story.world.command.ordersOf(session.sessionId)).toEqual(['charge.start']);
    }, 20_000);

    it('E34 stops energy that flows after the start had failed', async () => {
      const { session, orderRef } = await story.start();
      await story.finished(session.sessionId, 'start', 'expired');
      await story.tells('charging.failed');
      await story.world.say(story.facts.progress(orderRef));
      await eventually(() => {
        expect(story.world.command.ordersOf(session.sessionId)).toEqual(['charge.start', 'charge.stop']);
      });
      await story.world.say(story.facts.settled(orderRef));
      const [alarm] = await story.tells('system.alarm');
      expect(alarm?.data).toMatchObject({ alarmType: 'late_settlement', details: { energy_wh: 580 } });
      expect(story.world.typesOf(story.deviceId)).toEqual(['charging.failed']);
    });
  });

  describe('charges that nobody ordered', () => {
    it('A09 begins one with the first progress, once', async () => {
      const order = aRef();
      await story.world.say(
        story.facts.progress(order, { source: 'card' }),
        story.facts.progress(order, { source: 'card' }),
      );
      await story.reaches('charging');
      await story.world.say(story.facts.settled(order, { source: 'card', cardId: 'AABBCCDD', endReason: 'full' }));
      const settled = await story.reaches('settled');
      expect(settled).toMatchObject({ orderNo: null, detail: 'fully_charged', limits: null });
      await story.tells('charging.started');
      const [completed] = await story.tells('charging.completed');
      expect(completed?.data).toMatchObject({ source: 'card', cardId: 'AABBCCDD', endReason: 'fully_charged' });
    });

    it('decision 11 makes and completes one for a settlement of an unknown order, hours late and repeated', async () => {
      const settled = story.facts.settled(aRef(), {
        startedAt: story.world.clock.iso(-6 * HOUR),
        endedAt: story.world.clock.iso(-5 * HOUR),
      });
      await story.world.say(settled);
      await story.tells('charging.completed');
      await story.world.say(settled);
      await story.world.say({ ...settled, at: story.world.clock.iso(30 * MINUTE) });
      await story.world.say(story.facts.heartbeat());
      await story.tells('device.heartbeat');
      expect(story.world.typesOf(story.deviceId)).toEqual(['charging.started', 'charging.completed']);
    });

    it('decision 11 fails one that never started and delivered nothing', async () => {
      const { orderRef } = await story.start();
      await story.world.say(
        story.facts.settled(orderRef, {
          durationS: 0,
          energyWh: 0,
          endReason: 'no_power',
          endClass: 'fault',
          fault: 'no_power',
        }),
      );
      const [failed] = await story.tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'no_power', startedAt: null });
      expect(story.world.eventsOf(story.deviceId, 'charging.started')).toHaveLength(0);
    });

    it('takes the port over from a charge whose settlement is missing', async () => {
      const [first, second] = [aRef(), aRef()];
      await story.world.say(story.facts.progress(first));
      const old = await story.reaches('charging');
      await story.world.say(story.facts.progress(second));
      const now = await eventually(async () => {
        const answer = await story.status();
        expect(answer.session?.sessionId).not.toBe(old.sessionId);
        return answer.session!;
      });
      expect(now.state).toBe('charging');
      await story.world.say(story.facts.settled(first));
      await story.tells('charging.completed');
      expect((await story.status()).session).toMatchObject({ sessionId: now.sessionId, state: 'charging' });
    });
  });

  describe('stops that nobody pressed', () => {
    const running = async (fields: Partial<RequestOf<typeof StartCharge>>) => {
      const started = await story.start(fields);
      await story.world.say(story.facts.replied(started.orderRef));
      await story.reaches('charging');
      return started;
    };
    const ends = async (orderRef: OrderRef, reason: string) => {
      await story.reaches('stopping');
      await eventually(() => {
        expect(
          story.world.command.submitted.some((r) => r.deviceId === story.deviceId && r.command.kind === 'charge.stop'),
        ).toBe(true);
      });
      await story.world.say(story.facts.replied(orderRef, { action: 'stop' }));
      await story.world.say(story.facts.settled(orderRef, { endReason: 'remote', endClass: 'stopped' }));
      expect((await story.reaches('settled')).detail).toBe(reason);
      const [stopped] = await story.tells('charging.stopped');
      expect(stopped?.data).toMatchObject({ reason });
      const [completed] = await story.tells('charging.completed');
      expect(completed?.data).toMatchObject({ endReason: reason, abnormal: false });
    };
    const autoStop = { lowPowerThresholdW: 1_000, maxTemperatureC: 60, voltageRangeV: [200, 250] as [number, number] };

    it('E11 ends a charge whose power stays low', async () => {
      const { orderRef } = await running({ autoStop });
      await story.world.say(story.facts.progress(orderRef, { durationS: 60, powerW: 900 }));
      await story.world.say(story.facts.progress(orderRef, { durationS: 90, powerW: 1_500 }));
      await story.world.say(story.facts.progress(orderRef, { durationS: 120, powerW: 900 }));
      await eventually(async () => {
        expect((await story.status()).session?.durationS).toBe(120);
      });
      expect((await story.status()).session?.state).toBe('charging');
      await story.world.say(story.facts.progress(orderRef, { durationS: 180, powerW: 10 }));
      await ends(orderRef, 'low_power');
    });
    it('E12 ends a charge that is too hot', async () => {
      const { orderRef } = await running({ autoStop });
      await story.world.say(story.facts.progress(orderRef, { temperatureC: 61, powerW: 2_000 }));
      await ends(orderRef, 'over_temperature');
    });
    it('E13 ends a charge whose voltage leaves its range', async () => {
      const { orderRef } = await running({ autoStop });
      await story.world.say(story.facts.progress(orderRef, { voltageV: 199, powerW: 2_000 }));
      await ends(orderRef, 'voltage_out_of_range');
    });
    it('E05 decision 26 ends a charge at its energy cap', async () => {
      const limits = { mode: 1, timeLimitMin: 120, energyLimitKwh: 1, powerLimitW: null };
      const { orderRef } = await running({ limits });
      await story.world.say(story.facts.progress(orderRef, { energyWh: 1_000 }));
      await ends(orderRef, 'energy_limit_reached');
    });
    it('E06 decision 26 ends a charge above its power limit', async () => {
      const limits = { mode: 3, timeLimitMin: null, energyLimitKwh: null, powerLimitW: 7_000 };
      const { orderRef } = await running({ limits });
      await story.world.say(story.facts.progress(orderRef, { powerW: 7_200 }));
      await ends(orderRef, 'power_limit_reached');
    });
    it('E04 decision 26 ends a charge at its time limit although no sample comes', async () => {
      const { orderRef } = await running({
        limits: { mode: 1, timeLimitMin: 10, energyLimitKwh: null, powerLimitW: null },
      });
      story.world.clock.advance(10 * MINUTE + 61_000);
      await story.world.say(story.facts.connected(), story.facts.heartbeat({ ports: [] }));
      await story.tells('device.heartbeat');
      await story.sweep();
      await ends(orderRef, 'time_limit_reached');
    });
    it('E21 says that a stop failed, and lets the charge go on', async () => {
      const { session, orderRef } = await running({ autoStop });
      await story.world.say(story.facts.progress(orderRef, { temperatureC: 61, powerW: 2_000 }));
      await story.reaches('stopping');
      await story.finished(session.sessionId, 'stop', 'no_reply');
      expect((await story.reaches('charging')).detail).toBe('stop_failed: no_reply');
      story.world.clock.advance(61_000);
      await story.world.say(story.facts.progress(orderRef, { durationS: 120, temperatureC: 61, powerW: 2_000 }));
      await story.reaches('stopping');
      await eventually(() => {
        expect(story.world.command.ordersOf(session.sessionId)).toEqual(['charge.start', 'charge.stop', 'charge.stop']);
      });
    });
  });

  it('E10 decision 18 pushes progress at most once per notify_interval, with real samples', async () => {
    const { orderRef } = await story.start({ notifyIntervalS: 60 });
    for (const durationS of [10, 40, 69, 71, 100, 135]) {
      const at = story.world.clock.iso(durationS * 1000);
      await story.world.say(story.facts.progress(orderRef, { durationS, energyWh: durationS, at }));
    }
    await eventually(async () => {
      expect((await story.status()).session?.durationS).toBe(135);
    });
    const pushed = await story.tells('charging.progress', 3);
    expect(pushed.map(({ data }) => (data as { durationS: number }).durationS)).toEqual([10, 71, 135]);
    const [kept] = await story.world.postgres.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM session.meter_values JOIN session.charging_sessions USING (internal_order_id) WHERE device_id = $1`,
      [story.deviceId],
    );
    expect(kept?.n).toBe(6);
  });

  describe('charges without an end', () => {
    it('gives up one that was interrupted for 24 h, and only stores its settlement', async () => {
      const order = aRef();
      await story.world.say(
        story.facts.connected(),
        story.facts.heartbeat(),
        story.facts.progress(order, { energyWh: 120 }),
      );
      await story.reaches('charging');
      story.world.clock.advance(400_000);
      await story.sweep();
      await story.reaches('interrupted');
      story.world.clock.advance(24 * HOUR - 1_000);
      await story.sweep();
      expect((await story.status()).session?.state).toBe('interrupted');
      story.world.clock.advance(2_000);
      await story.sweep();
      await story.reaches('failed');
      const [failed] = await story.tells('charging.failed');
      expect(failed?.data).toMatchObject({ reason: 'not_settled', lastEnergyWh: 120 });
      const late = story.facts.settled(order);
      await story.world.say(late, late);
      await story.tells('system.alarm');
      expect(story.world.eventsOf(story.deviceId, 'charging.completed')).toHaveLength(0);
      const [row] = await story.world.postgres.query(
        'SELECT energy_wh, status FROM session.charging_sessions WHERE device_id = $1',
        [story.deviceId],
      );
      expect(row).toEqual({ energy_wh: 580, status: 'failed' });
    });

    it('frees the port of one whose port has long been idle, and takes its settlement later', async () => {
      const order = aRef();
      await story.world.say(story.facts.connected(), story.facts.progress(order));
      await story.reaches('charging');
      story.world.clock.advance(MINUTE);
      await story.world.say(story.facts.heartbeat());
      await eventually(async () => {
        expect((await story.status()).portState).toBe('idle');
      });
      expect((await story.status()).session?.state).toBe('charging'); // the port's state ends nothing
      for (let minutes = 0; minutes < 36; minutes += 3) {
        story.world.clock.advance(3 * MINUTE);
        await story.world.say(story.facts.heartbeat());
      }
      await story.tells('device.heartbeat', 13);
      await story.sweep();
      expect((await story.reaches('interrupted')).detail).toBe('settlement_missing');
      await story.start();
      await story.world.say(story.facts.settled(order));
      await story.tells('charging.completed');
    });
  });
});
