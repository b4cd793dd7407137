import { z } from 'zod';
import { FirmwareSource } from './firmware-source';
import { OrderRef, PortNo } from './ids';
import { MODEL_COMMAND_PRIORITY, MODEL_COMMANDS } from './model-command';
import { STATION_COMMAND_PRIORITY, STATION_COMMANDS } from './station-command';

const command = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...shape });

const fen = z.number().int().nonnegative();
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Up to `powerW`, `priceFen` buys `minutes`. Ascending by power. */
const PowerTier = z.object({
  powerW: z.number().positive(),
  priceFen: z.number().int().positive(),
  minutes: z.number().int().positive(),
});
/** From where the tier before ended, the first from 00:00, until this minute. The last one ends at 23:59. */
const DayTier = z.object({ until: timeOfDay, electricityFenPerKwh: fen, serviceFenPerUnit: fen });
/** Prepaid orders that the device itself accounts for. Absent: it only obeys the limits. */
const Tariff = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('power_tiers'), amountFen: fen, tiers: z.array(PowerTier).min(1).max(5) }),
  z.object({
    kind: z.literal('service_fee'),
    amountFen: fen,
    serviceFeeBy: z.enum(['time', 'energy']),
    tiers: z.array(DayTier).min(1).max(48),
  }),
]);
/** A socket of a radio network: the number that the platform gave it, and its radio address. */
const SocketNode = z.object({ socketNo: z.number().int().min(1).max(250), mac: z.string().regex(/^[0-9a-f]{12}$/) });
const SocketList = z.object({
  channel: z.number().int().min(1).max(15), // of the radio
  nodes: z.array(SocketNode).max(250),
});

/** Every order that can be given to a device, in our words; a driver turns it into frames or says that it cannot. */
export const DeviceCommand = z.discriminatedUnion('kind', [
  command('charge.start', {
    portNo: PortNo.nullable(), // null: the device chooses the port
    orderRef: OrderRef,
    durationLimitS: z.number().int().positive().nullable(),
    energyLimitWh: z.number().int().positive().nullable(),
    powerLimitW: z.number().positive().nullable(), // the device cuts off above it, where it can
    /** Which of the limits the device itself enforces first; the others are watched by `session`. */
    primaryLimit: z.enum(['duration', 'energy', 'power', 'full']),
    stopWhenFull: z.boolean(),
    maxDurationS: z.number().int().positive().nullable(), // safety limit of the device for this order
    balanceFen: z.number().int().nonnegative().nullable(), // spoken by devices that can
    tariff: Tariff.optional(),
  }),
  command('charge.stop', {
    portNo: PortNo.nullable(),
    orderRef: OrderRef,
    keepLocked: z.boolean(),
    transactionRef: z.string().max(64).nullish(), // how the device names the charge, where it does
  }),
  command('charge.modify', {
    portNo: PortNo,
    orderRef: OrderRef,
    durationLimitS: z.number().int().positive().nullable(), // total since the start, not an increment
    energyLimitWh: z.number().int().positive().nullable(), // total since the start
    powerLimitW: z.number().positive().nullish(), // from now on
    stopWhenFull: z.boolean(),
  }),
  command('status.query', { portNo: PortNo.optional() }), // absent: everything that the device has
  command('params.get', { group: z.string().max(500) }),
  command('params.set', {
    group: z.string().max(120),
    values: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  }),
  command('device.reboot', {
    scope: z.enum(['device', 'host', 'modem']),
    force: z.boolean().optional(), // at once, whoever charges; else when nobody does, where the device can wait
  }),
  command('device.factory_reset', {}),
  command('device.locate', { durationS: z.number().int().min(1).max(255) }),
  command('cabinet.open', { portNo: PortNo }),
  command('voice.play', { segmentsHex: z.string(), interrupt: z.boolean() }),
  command('voice.set', {
    portNo: PortNo.nullable(), // null: every port
    buzzer: z.boolean(),
    voice: z.boolean(),
    periods: z.array(z.object({ start: timeOfDay, end: timeOfDay })).max(2),
  }),
  /** Replaces the whole list. `joining`: those that are new to it, to be asked for their state; absent: all. */
  command('network.refresh', {
    ...SocketList.shape,
    joining: z.array(SocketNode.shape.socketNo).max(250).optional(),
  }),
  command('network.add', { ...SocketNode.shape }),
  /** `remaining`: the list without it, for gateways that can only take a whole one. */
  command('network.remove', { socketNo: SocketNode.shape.socketNo, remaining: SocketList.optional() }),
  command('display.set_qr', { text: z.string().max(200), persistent: z.boolean(), showFirst: z.boolean() }),
  command('memory.read', { address: z.number().int().min(0).max(65535), lengthBytes: z.number().int().min(1).max(32) }),
  command('memory.write', {
    address: z.number().int().min(0).max(65535),
    dataHex: z.string().regex(/^([0-9a-f]{2}){1,32}$/),
  }),
  command('host.set_server', {
    host: z.string().max(45),
    port: z.number().int().min(1).max(65535),
    moduleType: z.number().int(),
    secondary: z.boolean(),
  }),
  command('host.set_slaves', { frequencyMHz: z.number().int(), slaves: z.array(z.string()).max(50) }),
  command('host.clear_slave_firmware', {}),
  command('firmware.update', {
    target: z.enum(['device', 'power_board', 'slaves', 'host', 'self']),
    imageBase64: z.string().nullable(), // null: the device fetches it, from `source` or from where it knows
    version: z.string().max(40).nullable(),
    deviceType: z.number().int().nullable(), // AP3000 §7.7
    /** Name of the image among the stored ones: the gateway puts its bytes in the place of `imageBase64`. Ours alone. */
    imageBlob: z.string().max(120).optional(),
    /** For devices that fetch their firmware. Absent: the image is given. */
    source: FirmwareSource.optional(),
  }),
  /** Several guns on one vehicle: each has its order, and they start together or not at all. */
  command('charge.start_parallel', {
    guns: z
      .array(z.object({ portNo: PortNo, orderRef: OrderRef }))
      .min(2)
      .max(8),
    balanceFen: z.number().int().nonnegative().nullable(),
  }),
  command('time.sync', {}),
  /** Tariff of a device that prices by itself: four rates and the rate (0…3) of each half hour of the local day. */
  command('billing.set', {
    modelNo: z.string().regex(/^[0-9]{4}$/),
    rates: z.array(z.object({ energyYuan: z.number().nonnegative(), serviceYuan: z.number().nonnegative() })).length(4), // per kWh
    slots: z.array(z.number().int().min(0).max(3)).length(48),
  }),
  command('balance.update', {
    portNo: PortNo,
    cardId: z.string().nullable(),
    balanceFen: z.number().int().nonnegative(),
  }),
  command('cards.write', {
    cards: z
      .array(z.object({ cardId: z.string(), cardNumber: z.string() }))
      .min(1)
      .max(500), // number: printed on the card
  }),
  command('cards.remove', { cardIds: z.array(z.string()).min(1).max(500) }),
  command('cards.query', { cardIds: z.array(z.string()).min(1).max(500) }),
  /** The certificate that a device has asked for: leaf first, then its issuers. */
  command('certificate.install', { chainPem: z.string().max(10_000), use: z.enum(['station', 'v2g']) }),
  /** What the device proves itself with from its next connection on. Never stored, never logged. */
  command('credentials.set', {
    password: z.string().min(1).max(40).nullable(), // null: stays as it is
    securityProfile: z.number().int().min(1).max(3).nullable(), // null: stays as it is; a device can only raise it
  }),
  command('lock.move', { portNo: PortNo, raise: z.boolean() }), // ground lock of the parking space
  ...STATION_COMMANDS,
  ...MODEL_COMMANDS,
]);
export type DeviceCommand = z.infer<typeof DeviceCommand>;
export type DeviceCommandKind = DeviceCommand['kind'];
export type CommandOf<K extends DeviceCommandKind> = Extract<DeviceCommand, { kind: K }>;

/** 1 goes first. A stop overtakes everything (`design.md` §4.5). */
export const COMMAND_PRIORITY: Readonly<Record<DeviceCommandKind, number>> = {
  'charge.stop': 1,
  'charge.start': 2,
  'charge.modify': 3,
  'status.query': 4,
  'params.get': 5,
  'params.set': 5,
  'device.reboot': 5,
  'device.factory_reset': 5,
  'device.locate': 5,
  'cabinet.open': 5,
  'voice.play': 5,
  'voice.set': 5,
  'network.refresh': 5,
  'network.add': 5,
  'network.remove': 5,
  'display.set_qr': 5,
  'memory.read': 5,
  'memory.write': 5,
  'host.set_server': 5,
  'host.set_slaves': 5,
  'host.clear_slave_firmware': 5,
  'firmware.update': 6,
  'charge.start_parallel': 2,
  'time.sync': 5,
  'billing.set': 5,
  'balance.update': 3,
  'cards.write': 5,
  'cards.remove': 5,
  'cards.query': 5,
  'certificate.install': 5,
  'credentials.set': 5,
  'lock.move': 4,
  ...STATION_COMMAND_PRIORITY,
  ...MODEL_COMMAND_PRIORITY,
};

/**
 * Orders that can cost a device its connection, its firmware or its memory, or that go around the charging session or
 * the socket table: only for those who maintain devices.
 */
export const MAINTENANCE_COMMANDS: ReadonlySet<DeviceCommandKind> = new Set([
  'charge.start',
  'charge.stop',
  'charge.modify',
  'charge.start_parallel',
  'device.factory_reset',
  'network.refresh',
  'network.add',
  'network.remove',
  'memory.read',
  'memory.write',
  'host.set_server',
  'host.set_slaves',
  'host.clear_slave_firmware',
  'firmware.update',
  'certificate.install',
  'certificate.trust',
  'certificate.remove',
  'network_profile.set',
  'firmware.publish',
  'firmware.unpublish',
]);
/**
 * Orders that write or erase what a device cannot get back by itself, lead it to another platform, or open it: only with
 * a reason, and after a second person has agreed.
 */
export const DANGEROUS_COMMANDS: ReadonlySet<DeviceCommandKind> = new Set([
  'memory.read', // raw EEPROM: keys and balances lie there
  'memory.write',
  'device.factory_reset',
  'host.set_server',
  'host.clear_slave_firmware',
  'network_profile.set',
  'cabinet.open',
]);
/** Given by the gateway itself: they hold secrets that must not lie in a queue or a log. */
export const GATEWAY_COMMANDS: ReadonlySet<DeviceCommandKind> = new Set(['credentials.set']);

/** How one attempt to give an order to a device ended. */
export const CommandOutcome = z.discriminatedUnion('status', [
  z.object({ status: z.literal('acked'), result: z.record(z.string(), z.unknown()) }), // the device did it; what it reported
  z.object({ status: z.literal('rejected'), reason: z.string() }), // the device refused; token of the protocol's table
  z.object({ status: z.literal('no_reply') }), // every send of the protocol's schedule went unanswered; it may have been executed
  z.object({ status: z.literal('offline') }), // no connection holds the device now
  z.object({
    status: z.literal('unsupported'), // this protocol, model or device cannot do it
    reason: z.string(),
    /** Of whom it is true whatever the order's parameters, so that it is remembered. Absent: of these parameters only. */
    of: z.enum(['device', 'model']).optional(),
  }),
  z.object({ status: z.literal('invalid'), reason: z.string() }), // a value that cannot be put on the wire
  z.object({ status: z.literal('withdrawn'), reason: z.string() }), // taken out of the device's queue before it was sent
]);
export type CommandOutcome = z.infer<typeof CommandOutcome>;
