import { z } from 'zod';
import { Instant, PortNo } from './ids';

const command = <K extends string, S extends z.ZodRawShape>(kind: K, shape: S) =>
  z.object({ kind: z.literal(kind), ...shape });

const transactionRef = z.string().min(1).max(64); // as the device names the charge
const numberOfKind = z.number().int().min(1).max(0x7fff_ffff);

/** Orders of charging stations that describe themselves by a device model (OCPP 2.0.1). */
export const MODEL_COMMANDS = [
  /** Whether a charge goes on, and whether messages about it still wait to be sent. */
  command('transaction.query', { transactionRef }),
  command('cost.show', { transactionRef, totalCost: z.number().nonnegative() }), // in the device's currency
  command('charging_profile.list', { portNo: PortNo.nullable() }), // null: of all
  command('display.show', {
    messageId: numberOfKind, // the same again replaces
    text: z.string().min(1).max(512),
    language: z.string().max(8).nullable(), // RFC 5646
    priority: z.enum(['always_front', 'in_front', 'normal']),
    during: z.enum(['charging', 'fault', 'idle', 'unavailable']).nullable(), // null: always
    from: Instant.nullable(),
    until: Instant.nullable(),
    transactionRef: transactionRef.nullable(), // gone with this charge
  }),
  command('display.remove', { messageId: numberOfKind }),
  command('display.list', {}),
  /** What the device keeps about a user: told, forgotten, or both. */
  command('customer.information', {
    cardId: z.string().min(1).max(36).nullable(),
    customer: z.string().max(64).nullable(), // the device's own name for the user
    report: z.boolean(),
    clear: z.boolean(),
  }),
  command('monitor.set', {
    monitors: z
      .array(
        z.object({
          variable: z.string().max(120), // `Component.Variable`
          type: z.enum(['above', 'below', 'change', 'periodic', 'periodic_aligned']),
          value: z.number(), // threshold, difference, or seconds
          severity: z.number().int().min(0).max(9), // 0 is the worst; up to 4 are faults
        }),
      )
      .min(1)
      .max(50),
  }),
  command('monitor.remove', { ids: z.array(z.number().int()).min(1).max(100) }),
  command('monitor.list', {}),
  /** The monitors that the device begins anew with; those that were set are gone. */
  command('monitor.base', { base: z.enum(['all', 'factory_default', 'hard_wired']) }),
  /** Messages of monitors of this severity and worse are told. */
  command('monitor.level', { severity: z.number().int().min(0).max(9) }),
  /** A local controller fetches an image and keeps it for the devices behind it. */
  command('firmware.publish', {
    url: z.url().max(512),
    md5: z.string().regex(/^[0-9a-f]{32}$/i),
    retries: z.number().int().min(0).max(100).nullable(),
    retryIntervalS: z.number().int().min(1).max(86_400).nullable(),
  }),
  command('firmware.unpublish', { md5: z.string().regex(/^[0-9a-f]{32}$/i) }),
  /** How the device is to reach us, in one of its slots; it counts once the slot has priority and the device restarts. */
  command('network_profile.set', {
    slot: z.number().int().min(0).max(100),
    url: z.url().max(512),
    securityProfile: z.number().int().min(1).max(3),
    interface: z.enum(['wired', 'wireless']),
    messageTimeoutS: z.number().int().min(1).max(600),
  }),
] as const;
export type ModelCommandKind = (typeof MODEL_COMMANDS)[number]['shape']['kind']['value'];
export const MODEL_COMMAND_KINDS: readonly ModelCommandKind[] = MODEL_COMMANDS.map(({ shape }) => shape.kind.value);

/** As `COMMAND_PRIORITY`. */
export const MODEL_COMMAND_PRIORITY: Readonly<Record<ModelCommandKind, number>> = {
  'transaction.query': 4,
  'cost.show': 4,
  'charging_profile.list': 5,
  'display.show': 5,
  'display.remove': 5,
  'display.list': 5,
  'customer.information': 5,
  'monitor.set': 5,
  'monitor.remove': 5,
  'monitor.list': 5,
  'monitor.base': 5,
  'monitor.level': 5,
  'firmware.publish': 6,
  'firmware.unpublish': 6,
  'network_profile.set': 5,
};
