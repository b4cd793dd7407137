import { randomUUID } from 'node:crypto';
import type { DeviceId, OrderRef, SessionId } from '@chargebus/domain';
import type { CommandFinished, EventEnvelope } from '@chargebus/events';
import { GetChargeStatus, GetDevice, StartCharge } from '@chargebus/requests';
import type { ReplyOf, RequestOf, SessionView } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { commandIdFor } from '../src/devices/device-work';
import { Sweeper } from '../src/sweeper/sweeper';
import { Facts } from './facts';
import { CLIENT, TENANT, World } from './harness';
import type { Replica } from './harness';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const aRef = (): OrderRef => randomUUID().replaceAll('-', '') as OrderRef;

/** One replica on servers of its own, and a new device for every test. */
export function tellStories(): Story {
  const story = new Story();
  beforeAll(() => story.begin());
  afterAll(() => story.world.close());
  beforeEach(() => story.meetDevice());
  return story;
}

/** What happens to one device, told from outside: what it says, what is asked about it, what is heard of it. */
class Story {
  world!: World;
  replica!: Replica;
  deviceId!: DeviceId;
  facts!: Facts;

  async begin(): Promise<void> {
    this.world = await World.create();
    this.replica = await this.world.replica();
  }
  async meetDevice(): Promise<void> {
    this.world.command.away = false;
    this.deviceId = await this.world.registerDevice();
    this.facts = new Facts(this.deviceId, this.world.clock);
  }

  sweep(): Promise<number> {
    return this.replica.context.get(Sweeper).sweep();
  }
  status(portNo = 1): Promise<ReplyOf<typeof GetChargeStatus>> {
    return this.world.bus.ask(GetChargeStatus, { tenantId: TENANT, deviceId: this.deviceId, portNo });
  }
  device(): Promise<ReplyOf<typeof GetDevice>> {
    return this.world.bus.ask(GetDevice, { tenantId: TENANT, deviceId: this.deviceId });
  }

  async start(
    fields: Partial<RequestOf<typeof StartCharge>> = {},
  ): Promise<{ readonly session: SessionView; readonly orderRef: OrderRef }> {
    const { session } = await this.world.bus.ask(StartCharge, {
      tenantId: TENANT,
      clientId: CLIENT,
      deviceId: this.deviceId,
      portNo: 1,
      orderNo: `ORD-${randomUUID()}`,
      idempotencyKey: null,
      userId: null,
      limits: { mode: 4, timeLimitMin: null, energyLimitKwh: null, powerLimitW: null },
      notifyIntervalS: 30,
      autoStop: null,
      requestBody: null,
      waitMs: null,
      requireOnline: false,
      ...fields,
    });
    const order = this.world.command.submitted.find((request) => request.sessionId === session.sessionId);
    // Where `command` is away the order has not been taken: then the reference is not looked at either.
    return { session, orderRef: order?.command.kind === 'charge.start' ? order.command.orderRef : aRef() };
  }
  reaches(state: string, portNo = 1): Promise<SessionView> {
    return eventually(async () => {
      const { session } = await this.status(portNo);
      expect(session?.state).toBe(state);
      return session!;
    });
  }
  tells(type: string, count = 1): Promise<readonly EventEnvelope[]> {
    return eventually(() => {
      const events = this.world.eventsOf(this.deviceId, type);
      expect(events).toHaveLength(count);
      return events;
    });
  }
  /** `command` says how an order ended. */
  async finished(
    sessionId: SessionId,
    kind: 'start' | 'stop',
    outcome: CommandFinished['data']['outcome'],
    reason: string | null = null,
  ): Promise<void> {
    const commandId = commandIdFor(sessionId, kind, 1);
    const data = { commandId, kind: `charge.${kind}`, sessionId, outcome, reason, attempts: 1, latencyMs: null };
    await this.world.bus.publishEvents([
      {
        id: `evt_${randomUUID()}`,
        type: 'command.finished',
        version: 1,
        tenantId: TENANT,
        deviceId: this.deviceId,
        occurredAt: this.world.clock.iso(),
        sequence: 0,
        causeId: commandId,
        data,
      },
    ]);
  }
}
export type { Story };
