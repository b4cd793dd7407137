import { DeviceFilter, DeviceId, DeviceType } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';
import { DeviceChange } from './device-edit.requests';

/** Where files of rows lie for a while: they are larger than a message may be. */
export const IMPORT_BUCKET = 'device-imports';
export const IMPORT_KEEP_MS = 3_600_000;

/** One device of a file, checked by itself. Absent: as it is, or nothing where it is new. */
export const ImportRow = DeviceChange.extend({
  line: z.number().int().positive(), // in the file, for people
  deviceId: DeviceId,
  protocol: z.string().max(20).nullish(), // of a device that is new
  groups: z.array(z.string().max(64)).max(50).optional(), // all that name it; absent: as it is
});
export type ImportRow = z.infer<typeof ImportRow>;
export const ImportProblem = z.object({ line: z.number().int(), field: z.string(), reason: z.string() });
export type ImportProblem = z.infer<typeof ImportProblem>;

const count = z.number().int().nonnegative();
/**
 * Brings in the rows of a blob: all of them or, with `skipBad`, those that can be. Every row is looked at before one is
 * written; what is so already is left alone, so that the same file again changes nothing. Errors: BEYOND_DATA_SCOPE.
 */
export const ImportDevices = defineRequest({
  subject: 'cb.ask.device.import',
  timeoutMs: 25_000,
  request: z.object({
    ...audience,
    blob: z.string().min(1).max(100), // JSON: an array of ImportRow
    mode: z.enum(['upsert', 'create']), // create: a device that is there already is a bad row
    dryRun: z.boolean(),
    skipBad: z.boolean(),
  }),
  reply: z.object({
    applied: z.boolean(),
    created: count, // or would be
    updated: count,
    unchanged: count,
    problems: z.array(ImportProblem).max(1_000), // the first ones
    badRows: count,
  }),
});

/** What a file holds of one device: all that an import takes. */
export const RegisteredDevice = z.object({
  deviceId: DeviceId,
  name: z.string().nullable(),
  type: DeviceType,
  region: z.string().nullable(),
  station: z.string().nullable(),
  model: z.string().nullable(),
  protocol: z.string().nullable(),
  portCount: count,
  tags: z.array(z.string()),
  groups: z.array(z.string()), // that name it
  attributes: z.record(z.string(), z.unknown()), // the owner's own
  heartbeatIntervalS: z.number().int().nullable(), // null: the protocol's
  offlineTimeoutS: z.number().int().nullable(),
  maintenance: z.boolean(),
});
export type RegisteredDevice = z.infer<typeof RegisteredDevice>;
/** In the order of ids, from behind the cursor. */
export const ReadRegister = defineRequest({
  subject: 'cb.ask.device.register_rows',
  timeoutMs: 5_000,
  request: z.object({
    ...audience,
    filter: DeviceFilter,
    cursor: DeviceId.nullable(),
    limit: z.number().int().min(1).max(500),
  }),
  reply: z.object({ items: z.array(RegisteredDevice), cursor: DeviceId.nullable() }),
});
