import { partitionOf, toInstant } from '@chargebus/domain';
import type { DeviceId, Instant, OrderRef } from '@chargebus/domain';
import type { Profile } from '@chargebus/config';
import { SimulationRefused } from '@chargebus/errors';
import { SIMULATED } from '@chargebus/events';
import type { ProtocolEvent } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import { SimulateEvent } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../clock';
import type { FactPublisher } from '../facts/fact-publisher';
import { stored } from '../facts/stored';

type Event = RequestOf<typeof SimulateEvent>['event'];
const MARK = { simulated: true };

/** Says in a device's name what it did not say, for those who build on the platform. Its facts go the way of all facts. */
export class Simulation {
  constructor(
    private readonly bus: Pick<Bus, 'answer'>,
    private readonly facts: Pick<FactPublisher, 'publish'>,
    private readonly clock: Pick<Clock, 'epochMs'>,
    private readonly profile: Profile,
  ) {}

  start(): void {
    this.bus.answer(SimulateEvent, (request) => this.simulate(request));
  }

  private async simulate({ deviceId, event }: RequestOf<typeof SimulateEvent>): Promise<ReplyOf<typeof SimulateEvent>> {
    if (this.profile === 'production') throw new SimulationRefused({ profile: this.profile });
    const atMs = this.clock.epochMs();
    const facts = factsOf(deviceId, event, atMs);
    await stored(this.facts, partitionOf(deviceId), facts);
    return { factIds: facts.map(({ id }) => id), at: toInstant(atMs) };
  }
}

function factsOf(deviceId: DeviceId, event: Event, atMs: number): readonly ProtocolEvent[] {
  const base = { id: `${SIMULATED}${randomUUID()}`, deviceId, at: toInstant(atMs) };
  switch (event.kind) {
    case 'heartbeat': {
      const { voltageV, temperatureC, signal } = event;
      return [{ type: 'device.heartbeat', ...base, voltageV, temperatureC, signal, ports: [], attributes: MARK }];
    }
    case 'status': {
      const { portNo, state, fault } = event;
      return [{ type: 'port.status', ...base, ports: [{ portNo, state, fault, detail: 'simulated' }] }];
    }
    case 'start': {
      const { portNo, cardId } = event;
      if (cardId === null) return [firstSample(base, portNo)];
      const orderRef = randomBytes(16).toString('hex') as OrderRef;
      return [{ type: 'charge.started', ...base, portNo, orderRef, source: 'card', cardId, durationS: 0 }];
    }
    case 'stop':
      return [settlement(base, event, atMs)];
  }
}

interface Base {
  readonly id: string;
  readonly deviceId: DeviceId;
  readonly at: Instant;
}
/** Without an order's name it begins what was ordered for the port, or a charge that nobody ordered. */
const firstSample = (base: Base, portNo: number): ProtocolEvent => ({
  type: 'charge.progress',
  ...base,
  portNo,
  orderRef: null,
  source: 'unknown',
  portState: 'charging',
  phase: 'charging',
  durationS: 0,
  energyWh: 0,
  powerW: null,
  maxPowerW: null,
  minPowerW: null,
  avgPowerW: null,
  voltageV: null,
  currentA: null,
  frequencyHz: null,
  temperatureC: null,
  envTemperatureC: null,
  socPct: null,
});
/** Without an order's name it settles what holds the port. */
const settlement = (
  base: Base,
  { portNo, durationS, energyWh, endReason, abnormal }: Extract<Event, { kind: 'stop' }>,
  atMs: number,
): ProtocolEvent => ({
  type: 'charge.settled',
  ...base,
  portNo,
  orderRef: null,
  source: 'unknown',
  cardId: null,
  startedAt: toInstant(atMs - durationS * 1_000),
  endedAt: base.at,
  durationS,
  energyWh,
  maxPowerW: null,
  endReason,
  endClass: abnormal ? 'fault' : 'stopped',
  fault: null,
  attributes: MARK,
});
