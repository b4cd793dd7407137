import { DEVICE_COMMAND_KINDS, DeviceId, Instant, OrderRef, PortNo, PortState } from '@chargebus/domain';
import { z } from 'zod';

/**
 * What a device said, in our words, whatever protocol it speaks: the message of stream DEVICE.
 *
 * `id` is a function of what the device sent, so that a frame the device repeats until it is answered is the same
 * fact whenever it comes. `at` is when the frame arrived at the gateway.
 */
const base = { id: z.string().min(1).max(200), deviceId: DeviceId, at: Instant };
const fact = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...base, ...shape });

const nullableNumber = z.number().nullable();
/** Who started a charge: the platform, a card or a code at the device, or something the driver cannot tell. */
export const StartSource = z.enum(['platform', 'card', 'code', 'plug', 'unknown']);
export type StartSource = z.infer<typeof StartSource>;

/** State of one port as reported. */
export const PortReport = z.object({
  portNo: PortNo,
  state: PortState,
  fault: z.string().nullable(), // token of the protocol's table, null when the port is well
  faults: z.array(z.string()).min(1).optional(), // all of them, of a device that tells several at once
  detail: z.string().optional(), // the device's own word, where it says more than `state`
  socketNo: z.number().int().positive().optional(), // the socket of a radio network that the port is on
});
export type PortReport = z.infer<typeof PortReport>;

/** First valid frame of this device on this connection. A later one for the same device supersedes it. */
export const DeviceConnected = fact('device.connected', {
  connectionId: z.string(),
  protocol: z.string(),
  remoteAddress: z.string().nullable(),
  heartbeatIntervalS: z.number().int().positive(), // the protocol profile's default
});
/** The connection that carried the device is gone, or another one took the device over (`superseded`). */
export const DeviceDisconnected = fact('device.disconnected', { connectionId: z.string(), reason: z.string() });
/** The device described itself. Only what was said is present. */
export const DeviceRegistered = fact('device.registered', {
  protocol: z.string(),
  deviceNo: z.string().nullable(), // number printed on the device
  model: z.string().nullable(),
  firmwareVersion: z.string().nullable(),
  portCount: z.number().int().positive().nullable(),
  iccid: z.string().nullable(),
  imei: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()), // protocol's own, for people to read
});
/** Proof of life, with the state of every port where the frame has it. */
export const HeartbeatEvent = fact('device.heartbeat', {
  voltageV: nullableNumber,
  temperatureC: nullableNumber,
  signal: nullableNumber,
  ports: z.array(PortReport),
  attributes: z.record(z.string(), z.unknown()),
});
/** Port states outside a heartbeat. */
export const StatusEvent = fact('port.status', { ports: z.array(PortReport).min(1) });
/** A charge began that the platform did not order, or an old device confirms one that it did. */
export const StartEvent = fact('charge.started', {
  portNo: PortNo,
  orderRef: OrderRef,
  source: StartSource,
  cardId: z.string().nullable(),
  durationS: z.number().nonnegative(),
});
/** The device's answer to a start or stop, matched to our command or late. `action` null: late, and the wire does not say. */
export const ChargeReplied = fact('charge.replied', {
  portNo: PortNo.nullable(),
  orderRef: OrderRef.nullable(),
  action: z.enum(['start', 'stop']).nullable(),
  executed: z.boolean(),
  /** The driver could tell that it is running although the device said no to a repeat (AP3000 §7.5 result 2). */
  alreadyDone: z.boolean(),
  /** Accepted, but only a report will show whether energy flows (AP3000 §12, result 3). */
  unproven: z.boolean(),
  reason: z.string(), // token
  /** With `unproven`: how long the proof can take, where it is longer than usual. */
  proofWithinS: z.number().int().positive().optional(),
  fault: z.string().nullable(), // opens a fault of the port
  waitingPorts: z.array(PortNo), // ports with a vehicle waiting, when the device could not choose
});
/** One sample while charging. Totals count from the start of the charge. */
export const ChargeProgress = fact('charge.progress', {
  portNo: PortNo,
  orderRef: OrderRef.nullable(), // null: the device names charges itself and nothing tells which one this is: the port's
  source: StartSource,
  portState: PortState.nullable(), // null: the frame's status says nothing reliable
  phase: z.enum(['charging', 'finished_waiting_pickup']),
  durationS: z.number().nonnegative(),
  energyWh: z.number().nonnegative(),
  powerW: nullableNumber,
  maxPowerW: nullableNumber, // highest of the whole charge so far, else of the interval
  minPowerW: nullableNumber,
  avgPowerW: nullableNumber,
  voltageV: nullableNumber,
  currentA: nullableNumber,
  frequencyHz: nullableNumber,
  temperatureC: nullableNumber, // port
  envTemperatureC: nullableNumber,
  socPct: nullableNumber,
});
/** The final account of a charge: what billing reads. Repeated by the device until answered. */
export const StopEvent = fact('charge.settled', {
  portNo: PortNo,
  orderRef: OrderRef.nullable(), // null: the device gave none that tells charges apart
  source: StartSource,
  cardId: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant,
  durationS: z.number().nonnegative(),
  energyWh: z.number().nonnegative(),
  maxPowerW: nullableNumber,
  endReason: z.string(), // token, total over the protocol's codes
  /** planned: as ordered or full; stopped: by a person or the platform; fault: protection. */
  endClass: z.enum(['planned', 'stopped', 'fault']),
  fault: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
});
/** What the meter showed at one moment of a transaction. */
export const TransactionSample = z.object({
  at: Instant, // by the station's clock where it is plausible, else when it arrived
  registerWh: nullableNumber, // as the meter stands, not since the start
  powerW: nullableNumber,
  voltageV: nullableNumber,
  currentA: nullableNumber,
  frequencyHz: nullableNumber,
  temperatureC: nullableNumber,
  socPct: nullableNumber,
});
const TransactionEnd = z.object({ reason: z.string(), endClass: z.enum(['planned', 'stopped', 'fault']) });
/**
 * One step of a charge as stations tell it that name charges themselves and report a meter's register (OCPP). Steps may
 * come late, twice, and before those that they follow: what they add up to is for `session` to decide.
 */
export const TransactionStep = fact('charge.transaction', {
  /** Unique for the device. Null: not said (a meter's report), so it is the one that has the port, if any. */
  transactionRef: z.string().min(1).max(64).nullable(),
  step: z.enum(['started', 'updated', 'ended']),
  seqNo: z.number().int().nonnegative().nullable(), // rises by one per step; null: the protocol does not count
  occurredAt: Instant, // as `at` of a sample
  clockSuspect: z.boolean(), // the station's clock is unset
  offline: z.boolean(), // it happened while the station could not reach us
  portNo: PortNo.nullable(), // null: not said with this step
  orderRef: OrderRef.nullable(), // the order that it carries out, where the wire has room for its whole name
  orderNumber: z.number().int().nullable(), // the same by `orderNumberOf`; null: not said
  source: StartSource,
  cardId: z.string().nullable(),
  authorised: z.boolean(), // by a token or an order in this step
  refused: z.boolean().optional(), // a token in this step may not charge, and the station was told so
  energyFlows: z.boolean().nullable(), // null: not said
  beginRegisterWh: nullableNumber, // the register at the very start, where this step says so
  endRegisterWh: nullableNumber,
  samples: z.array(TransactionSample), // oldest first
  moreToCome: z.boolean().optional(), // the station was asked whether steps of it still wait to be sent
  /** `whenEmpty`: what it means if the charge delivered nothing. Null: it goes on. */
  end: TransactionEnd.extend({ whenEmpty: TransactionEnd.nullable() }).nullable(),
  attributes: z.record(z.string(), z.unknown()),
});
/** An alarm without a port state behind it. `latched`: the device never says that it is over. */
export const FaultEvent = fact('device.fault', {
  token: z.string(),
  portNo: PortNo.nullable(),
  severity: z.enum(['info', 'warning', 'critical']),
  latched: z.boolean(),
  isOver: z.boolean().optional(), // it ends the fault if it is open, on whatever connection it was told; else it is news
  details: z.record(z.string(), z.unknown()),
});
/**
 * The device says that a fault it reported is over. `others`: nor is any of these there, of which nobody knows whether
 * they were reported before (to a connection that is gone).
 */
export const FaultCleared = fact('device.fault_cleared', {
  token: z.string(),
  portNo: PortNo.nullable(),
  others: z.array(z.string()).optional(),
});
/** A card was held to the device. `portNo` null: it only asks for the balance. */
export const CardSwiped = fact('card.swiped', {
  cardId: z.string(),
  cardNumber: z.string(),
  portNo: PortNo.nullable(),
  attributes: z.record(z.string(), z.unknown()),
});
export const FirmwareProgress = fact('firmware.progress', {
  phase: z.enum(['requested', 'sending', 'verifying', 'done', 'failed']),
  packet: z.number().int().nonnegative().nullable(),
  totalPackets: z.number().int().positive().nullable(),
  reason: z.string().nullable(), // failure token
  attributes: z.record(z.string(), z.unknown()),
});
/** A device took a change of its radio network. It never tells its list: what it took is what it has. */
export const NetworkConfirmed = fact('device.network', {
  change: z.enum(['replaced', 'added', 'removed']),
  channel: z.number().int().nullable(), // null: as before
  sockets: z
    .array(
      z.object({
        socketNo: z.number().int().positive(),
        mac: z.string().nullable(),
        portNos: z.array(PortNo).optional(), // that it will have; absent: only its reports tell
      }),
    )
    .min(1),
});
/** What hangs behind a host. */
export const InventoryReported = fact('device.inventory', { entries: z.array(z.record(z.string(), z.unknown())) });
/**
 * Something that a device told and that changes nothing here: kept for people to read, the latest of each topic
 * (`security_event`, `reservation`, `charging_limit`, …).
 */
export const NoticeGiven = fact('device.notice', {
  topic: z.string().regex(/^[a-z0-9_]{1,40}$/),
  details: z.record(z.string(), z.unknown()),
});
/** An order showed that this device, or every one of its model and firmware, cannot do its kind. */
export const DeviceIncapable = fact('device.incapable', {
  kind: z.enum(DEVICE_COMMAND_KINDS),
  why: z.string(),
  of: z.enum(['device', 'model']),
});
/** A frame that was whole but could not be understood: kept raw for a person (`design.md` §4.7). */
export const FrameRejected = fact('frame.rejected', {
  reason: z.string(),
  command: z.string().nullable(),
  hex: z.string(),
  isSettlement: z.boolean(),
});

export const ProtocolEvent = z.discriminatedUnion('type', [
  DeviceConnected,
  DeviceDisconnected,
  DeviceRegistered,
  HeartbeatEvent,
  StatusEvent,
  StartEvent,
  ChargeReplied,
  ChargeProgress,
  StopEvent,
  TransactionStep,
  FaultEvent,
  FaultCleared,
  CardSwiped,
  FirmwareProgress,
  NetworkConfirmed,
  InventoryReported,
  NoticeGiven,
  DeviceIncapable,
  FrameRejected,
]);
export type ProtocolEvent = z.infer<typeof ProtocolEvent>;
export type ProtocolEventOf<T extends ProtocolEvent['type']> = Extract<ProtocolEvent, { type: T }>;

/** One message of DEVICE: the facts of one partition that met within a few milliseconds, oldest first. */
export const ProtocolEventBatch = z.object({ v: z.literal(1), facts: z.array(ProtocolEvent).min(1) });
export type ProtocolEventBatch = z.infer<typeof ProtocolEventBatch>;
