import { z } from 'zod';
import { Instant, PortNo } from './ids';

const command = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...shape });

const portOrDevice = PortNo.nullable(); // null: the device as a whole

/** How much may flow, and when. Of several profiles the highest level of each purpose counts, then the lowest limit. */
export const ChargingProfile = z.object({
  profileId: z.number().int().min(1).max(0x7fff_ffff),
  /** `device`: cap of the whole device; `port`: every charge of the port; `charge`: the one that runs there now. */
  purpose: z.enum(['device', 'port', 'charge']),
  level: z.number().int().min(0).max(1_000),
  transactionRef: z.string().max(64).nullish(), // of the charge, as the device names it; absent: the one that runs
  validFrom: Instant.nullable(),
  validUntil: Instant.nullable(),
  repeats: z.enum(['daily', 'weekly']).nullable(), // null: once
  startsAt: Instant.nullable(), // null: with the charge, or now
  durationS: z.number().int().positive().nullable(), // null: the last period lasts
  unit: z.enum(['A', 'W']), // A is per phase, W the total
  periods: z
    .array(
      z.object({
        fromS: z.number().int().nonnegative(), // since the start of the schedule; the first is 0
        limit: z.number().nonnegative().multipleOf(0.1), // in `unit`; 0 pauses
        phases: z.number().int().min(1).max(3).nullable(), // null: 3
      }),
    )
    .min(1)
    .max(1_000),
});
export type ChargingProfile = z.infer<typeof ChargingProfile>;

/** What a device may decide without us about a token. `decision` null takes the token off the list. */
export const LocalListEntry = z.object({
  cardId: z.string().min(1).max(36),
  tokenType: z.string().max(20).optional(), // as `Question.tokenType`; absent: a card
  decision: z.enum(['accepted', 'blocked', 'expired', 'unknown_card']).nullable(),
  expiresAt: Instant.nullable(),
  groupId: z.string().max(36).nullable(),
});
export type LocalListEntry = z.infer<typeof LocalListEntry>;

/** Names a certificate that a device holds; hex digits. */
export const CertificateHash = z.object({
  algorithm: z.enum(['SHA256', 'SHA384', 'SHA512']),
  issuerNameHash: z.string().max(128),
  issuerKeyHash: z.string().max(128),
  serialNumber: z.string().max(40),
});
export type CertificateHash = z.infer<typeof CertificateHash>;

/** Orders of charging stations with a network protocol of their own (OCPP). */
export const STATION_COMMANDS = [
  /** The device uploads its log; the outcome is that it began, the rest comes as notices. */
  command('diagnose', {
    log: z.enum(['diagnostics', 'security']),
    uploadTo: z.url().max(512), // a folder; may hold credentials, so it is never logged
    from: Instant.nullable(), // of the log; null: all that there is
    until: Instant.nullable(),
    retries: z.number().int().min(0).max(100).nullable(),
    retryIntervalS: z.number().int().min(1).max(86_400).nullable(),
  }),
  command('reserve', {
    portNo: portOrDevice, // null: any port
    reservationId: z.number().int().min(1).max(0x7fff_ffff), // the same again replaces
    cardId: z.string().min(1).max(36),
    groupId: z.string().max(36).nullable(), // whose members may use the reservation, too
    expiresAt: Instant,
  }),
  command('reserve.cancel', { reservationId: z.number().int().min(1).max(0x7fff_ffff) }),
  command('port.unlock', { portNo: PortNo }), // ends a charge that runs there
  command('port.availability', { portNo: portOrDevice, available: z.boolean() }),
  command('charging_profile.set', { portNo: portOrDevice, profile: ChargingProfile }),
  /** Those that fit everything that is given; nothing given: all. */
  command('charging_profile.clear', {
    profileId: ChargingProfile.shape.profileId.nullable(),
    portNo: PortNo.nullable(),
    purpose: ChargingProfile.shape.purpose.nullable(),
    level: ChargingProfile.shape.level.nullable(),
  }),
  /** What all profiles together come to. */
  command('charging_profile.composite', {
    portNo: portOrDevice,
    durationS: z.number().int().min(1).max(604_800),
    unit: ChargingProfile.shape.unit.nullable(), // null: the device chooses
  }),
  command('local_list.send', {
    version: z.number().int().min(1).max(0x7fff_ffff),
    mode: z.enum(['full', 'differential']),
    entries: z.array(LocalListEntry).max(5_000),
  }),
  command('local_list.version', {}),
  command('cache.clear', {}), // of tokens that the device remembers
  command('trigger', {
    topic: z.enum([
      'boot',
      'heartbeat',
      'status',
      'meter_values',
      'transaction',
      'diagnostics_status',
      'firmware_status',
      'certificate_request',
    ]),
    portNo: PortNo.nullable(), // null: all of them
  }),
  command('data.transfer', {
    vendorId: z.string().min(1).max(255),
    messageId: z.string().max(50).nullable(),
    data: z.union([z.string(), z.record(z.string(), z.unknown())]).nullable(),
  }),
  /** A root that the device believes from now on: of the platform, of those who sign its firmware, of vehicles. */
  command('certificate.trust', {
    use: z.enum(['platform', 'manufacturer', 'v2g', 'mobility_operator']),
    certificatePem: z.string().max(5_500),
  }),
  command('certificate.list', { use: z.enum(['platform', 'manufacturer', 'v2g', 'mobility_operator']).nullable() }), // null: all
  command('certificate.remove', { certificate: CertificateHash }),
] as const;
export type StationCommandKind = (typeof STATION_COMMANDS)[number]['shape']['kind']['value'];
export const STATION_COMMAND_KINDS: readonly StationCommandKind[] = STATION_COMMANDS.map(
  ({ shape }) => shape.kind.value,
);

/** As `COMMAND_PRIORITY`. */
export const STATION_COMMAND_PRIORITY: Readonly<Record<StationCommandKind, number>> = {
  'port.unlock': 4,
  'port.availability': 4,
  reserve: 4,
  'reserve.cancel': 4,
  trigger: 4,
  'charging_profile.set': 3,
  'charging_profile.clear': 3,
  'charging_profile.composite': 5,
  'local_list.send': 5,
  'local_list.version': 5,
  'cache.clear': 5,
  'data.transfer': 5,
  'certificate.trust': 5,
  'certificate.list': 5,
  'certificate.remove': 5,
  diagnose: 6,
};
