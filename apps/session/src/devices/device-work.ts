import { createHash } from 'node:crypto';
import { addSample, CommandId, isFinal, NO_SAMPLES, toInstant } from '@chargebus/domain';
import type {
  ChargingSession,
  DeviceCommand,
  DeviceRecord,
  DeviceState,
  FaultRecord,
  MeterSample,
  MeterSummary,
  PortRecord,
  SessionId,
} from '@chargebus/domain';
import type { EventDefinition, EventEnvelope, ProtocolEventOf } from '@chargebus/events';
import type { DeviceChange } from '@chargebus/persistence/session';
import { uuidOf } from '@chargebus/security';
import type { z } from 'zod';
import type { FoldContext } from './fold-context';

/** An order that must reach `command`; it is in the session's row before it is given. */
export interface Order {
  readonly sessionId: SessionId;
  readonly commandId: CommandId;
  readonly command: DeviceCommand;
  readonly expiresAtMs: number;
}

/**
 * One device while a batch is folded into it: its state so far and what follows from it. Values are replaced, never
 * changed in place, so that the state it began with is still whole when the batch cannot be saved.
 */
export class DeviceWork {
  device: DeviceRecord;
  ports: readonly PortRecord[];
  sessions: readonly ChargingSession[];
  faults: readonly FaultRecord[];
  private meters: ReadonlyMap<SessionId, MeterSummary>;
  readonly samples: { sessionId: SessionId; sample: MeterSample; factId: string }[] = [];
  readonly events: EventEnvelope[] = [];
  readonly orders: Order[] = [];
  readonly rejectedFrames: ProtocolEventOf<'frame.rejected'>[] = [];
  /** The device was heard of at this time in this batch; null: not in this batch. */
  heardAtMs: number | null = null;
  /** Its deadlines were looked at in this batch. */
  ticked = false;

  constructor(
    readonly before: DeviceState,
    readonly context: FoldContext,
  ) {
    this.device = before.device;
    this.ports = before.ports;
    this.sessions = before.sessions;
    this.faults = before.faults;
    this.meters = before.meters;
  }

  get change(): DeviceChange {
    const { device, ports, sessions, faults, meters } = this;
    return { before: this.before, after: { device, ports, sessions, faults, meters }, samples: this.samples };
  }

  setDevice(patch: Partial<DeviceRecord>): void {
    this.device = { ...this.device, ...patch };
  }

  findPort(portNo: number): PortRecord | undefined {
    return this.ports.find((port) => port.portNo === portNo);
  }
  putPort(port: PortRecord): void {
    this.ports = [...this.ports.filter(({ portNo }) => portNo !== port.portNo), port].sort(
      (a, b) => a.portNo - b.portNo,
    );
    if (this.device.portCount < port.portNo) this.setDevice({ portCount: port.portNo });
  }

  addSession(session: ChargingSession): void {
    this.sessions = [...this.sessions, session];
  }
  /** Replaces one session and returns it. */
  setSession(session: ChargingSession, patch: Partial<ChargingSession>): ChargingSession {
    const next = { ...session, ...patch };
    this.sessions = this.sessions.map((old) => (old.sessionId === session.sessionId ? next : old));
    return next;
  }
  /** The session that holds the port; the one without a port yet when `portNo` is null. */
  holderOf(portNo: number | null): ChargingSession | undefined {
    return this.sessions.find((s) => s.portNo === portNo && s.holdsPort && !isFinal(s.state));
  }

  meterOf(sessionId: SessionId): MeterSummary {
    return this.meters.get(sessionId) ?? NO_SAMPLES;
  }
  addSample(sessionId: SessionId, sample: MeterSample, factId: string): void {
    const meters = new Map(this.meters);
    meters.set(sessionId, addSample(this.meterOf(sessionId), sample));
    this.meters = meters;
    this.samples.push({ sessionId, sample, factId });
  }

  /**
   * Tells the world. `causeId` and `about` make the event's id, so that the same cause handled twice is one event;
   * `about` tells several events of one type and cause apart.
   */
  emit<T extends string, S extends z.ZodType>(
    event: EventDefinition<T, S>,
    causeId: string,
    occurredAtMs: number,
    data: z.input<S>,
    about = '',
  ): void {
    const id = eventIdFor(causeId, event.type, about);
    if (this.events.some((earlier) => earlier.id === id)) return; // the same fact twice in one batch
    const sequence = this.device.eventSeq + 1;
    this.setDevice({ eventSeq: sequence });
    this.events.push({
      id,
      type: event.type,
      version: event.version,
      tenantId: this.device.tenantId,
      deviceId: this.device.deviceId,
      occurredAt: toInstant(occurredAtMs),
      sequence,
      causeId,
      data,
    });
  }
}

/** The id of the event that follows from this cause. */
export const eventIdFor = (causeId: string, type: string, about: string): string =>
  `evt_${digest(`${causeId}\n${type}\n${about}`).toString('base64url').slice(0, 26)}`;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** A command id that is a function of what the command is for: given twice, it is one command. */
export const commandIdFor = (sessionId: SessionId, kind: 'start' | 'stop' | 'query', attempt: number): CommandId =>
  CommandId.parse(uuidOf(`${sessionId}\n${kind}\n${attempt.toString()}`));
