import { randomUUID } from 'node:crypto';
import type { DeviceId, OrderRef } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import type { TestClock } from './harness';

type Fields<T extends ProtocolEvent['type']> = Partial<Omit<ProtocolEventOf<T>, 'type' | 'deviceId'>>;

/** Facts of one device at the clock's time; a test states what matters. */
export class Facts {
  constructor(
    readonly deviceId: DeviceId,
    private readonly clock: TestClock,
  ) {}

  private base() {
    return { id: `fact-${randomUUID()}`, deviceId: this.deviceId, at: this.clock.iso() };
  }

  connected(fields: Fields<'device.connected'> = {}): ProtocolEventOf<'device.connected'> {
    return {
      type: 'device.connected',
      ...this.base(),
      connectionId: 'c1',
      protocol: 'ap3000',
      remoteAddress: '10.0.0.1',
      heartbeatIntervalS: 180,
      ...fields,
    };
  }
  disconnected(fields: Fields<'device.disconnected'> = {}): ProtocolEventOf<'device.disconnected'> {
    return { type: 'device.disconnected', ...this.base(), connectionId: 'c1', reason: 'closed', ...fields };
  }
  registered(fields: Fields<'device.registered'> = {}): ProtocolEventOf<'device.registered'> {
    return {
      type: 'device.registered',
      ...this.base(),
      protocol: 'ap3000',
      deviceNo: null,
      model: 'dual_socket',
      firmwareVersion: '6.40',
      portCount: 2,
      iccid: null,
      imei: null,
      attributes: {},
      ...fields,
    };
  }
  heartbeat(fields: Fields<'device.heartbeat'> = {}): ProtocolEventOf<'device.heartbeat'> {
    return {
      type: 'device.heartbeat',
      ...this.base(),
      voltageV: 220.5,
      temperatureC: 28,
      signal: 21,
      ports: [
        { portNo: 1, state: 'idle', fault: null },
        { portNo: 2, state: 'idle', fault: null },
      ],
      attributes: {},
      ...fields,
    };
  }
  replied(orderRef: OrderRef, fields: Fields<'charge.replied'> = {}): ProtocolEventOf<'charge.replied'> {
    return {
      type: 'charge.replied',
      ...this.base(),
      portNo: 1,
      orderRef,
      action: 'start',
      executed: true,
      alreadyDone: false,
      unproven: false,
      reason: 'ok',
      fault: null,
      waitingPorts: [],
      ...fields,
    };
  }
  started(orderRef: OrderRef, fields: Fields<'charge.started'> = {}): ProtocolEventOf<'charge.started'> {
    return {
      type: 'charge.started',
      ...this.base(),
      portNo: 1,
      orderRef,
      source: 'card',
      cardId: 'AABBCCDD',
      durationS: 0,
      ...fields,
    };
  }
  progress(orderRef: OrderRef | null, fields: Fields<'charge.progress'> = {}): ProtocolEventOf<'charge.progress'> {
    return {
      type: 'charge.progress',
      ...this.base(),
      portNo: 1,
      orderRef,
      source: 'platform',
      portState: 'charging',
      phase: 'charging',
      durationS: 60,
      energyWh: 10,
      powerW: 600,
      maxPowerW: 650,
      minPowerW: 550,
      avgPowerW: 600,
      voltageV: 221.5,
      currentA: 2.7,
      frequencyHz: null,
      temperatureC: 35,
      envTemperatureC: 30,
      socPct: null,
      ...fields,
    };
  }
  settled(orderRef: OrderRef | null, fields: Fields<'charge.settled'> = {}): ProtocolEventOf<'charge.settled'> {
    const durationS = fields.durationS ?? 3600;
    return {
      type: 'charge.settled',
      ...this.base(),
      portNo: 1,
      orderRef,
      source: 'platform',
      cardId: null,
      startedAt: this.clock.iso(-durationS * 1000),
      endedAt: this.clock.iso(),
      durationS,
      energyWh: 580,
      maxPowerW: 720,
      endReason: 'time_reached',
      endClass: 'planned',
      fault: null,
      attributes: {},
      ...fields,
    };
  }
}
