import { CommandOutcome, DeviceId, Instant } from '@chargebus/domain';
import { z } from 'zod';
import { audience } from './audience';
import { defineRequest } from './define-request';

/** How a device must prove itself at the WebSocket door (ocpp.md §1.3). */
export const DeviceAdmission = z.object({
  enabled: z.boolean(),
  subprotocols: z.array(z.string()).nullable(), // null: any that the gateway speaks
  securityProfile: z.number().int().min(0).max(3),
  nextSecurityProfile: z.number().int().min(1).max(3).nullable(), // accepted besides, until the device has used it
  passwordHash: z.string().nullable(), // null: it has none
  passwordUntil: Instant.nullable(), // null: no end
  nextPasswordHash: z.string().nullable(), // valid besides, until the device has used it
  certificateCn: z.string().nullable(), // exact common name of its certificate; null: the identity
  answersPings: z.boolean(),
  accepted: z.boolean(), // it was registered at a boot before, so it need not boot again (ocpp.md §1.8)
  heartbeatIntervalS: z.number().int().positive().nullable(), // its own; null: the protocol's
});
export type DeviceAdmission = z.infer<typeof DeviceAdmission>;

/** Asked for all the identities that knock within a few milliseconds; the gateway keeps the answers. */
export const AdmitDevices = defineRequest({
  subject: 'cb.ask.device.admit',
  timeoutMs: 5_000,
  request: z.object({
    knocks: z
      .array(z.object({ deviceId: DeviceId, remoteAddress: z.string(), subprotocols: z.array(z.string()) }))
      .min(1)
      .max(500),
  }),
  reply: z.object({
    admissions: z.array(DeviceAdmission.nullable()), // in the order of the knocks; null: nobody's device
  }),
});

/** Announced on core NATS by the registry after every change, on `<prefix>.<device>`. */
export const AdmissionChanged = {
  prefix: 'cb.device.admission',
  schema: z.object({ deviceId: DeviceId, enabled: z.boolean() }),
} as const;

/** The device came in with credentials that it had not used before: they replace the older ones. */
export const ConfirmCredentials = defineRequest({
  subject: 'cb.ask.device.credentials_used',
  timeoutMs: 3_000,
  request: z.object({
    deviceId: DeviceId,
    passwordHash: z.string().nullable(), // that of the newer password; null: it used none
    securityProfile: z.number().int().nullable(), // null: it came on the older one
  }),
  reply: z.object({}),
});

export const CredentialsView = z.object({
  deviceId: DeviceId,
  enabled: z.boolean(),
  subprotocols: z.array(z.string()).nullable(), // null: all
  securityProfile: z.number().int(),
  nextSecurityProfile: z.number().int().nullable(), // accepted besides; null: no change is under way
  hasPassword: z.boolean(),
  passwordChange: z.enum(['none', 'offered', 'accepted']), // by the device; both count until it has used the newer one
  certificateCn: z.string().nullable(),
  certificateUntil: Instant.nullable(), // of the newest that we issued
  answersPings: z.boolean(),
});
export type CredentialsView = z.infer<typeof CredentialsView>;
const ofDevice = { ...audience, deviceId: z.string().min(1).max(64) };
/** Errors: DEVICE_NOT_FOUND. */
export const GetCredentials = defineRequest({
  subject: 'cb.ask.device.credentials_get',
  timeoutMs: 3_000,
  request: z.object(ofDevice),
  reply: CredentialsView,
});
/** Left out: stays as it is. Errors: DEVICE_NOT_FOUND. */
export const SetCredentials = defineRequest({
  subject: 'cb.ask.device.credentials_set',
  timeoutMs: 5_000,
  request: z.object({
    ...ofDevice,
    enabled: z.boolean().optional(),
    subprotocols: z.array(z.string()).nullable().optional(),
    securityProfile: z.number().int().min(0).max(3).optional(),
    nextSecurityProfile: z.number().int().min(1).max(3).nullable().optional(),
    certificateCn: z.string().nullable().optional(),
    answersPings: z.boolean().optional(),
    password: z.string().optional(),
    generatePassword: z.boolean(), // `password` is not given then
  }),
  reply: CredentialsView.extend({ password: z.string().nullable() }), // that which was made, shown this once
});
/**
 * Gives a connected device other credentials by an order of its protocol. Errors: DEVICE_NOT_FOUND, DEVICE_IS_OFFLINE,
 * SECURITY_PROFILE_REFUSED.
 */
export const DeliverCredentials = defineRequest({
  subject: 'cb.ask.device.credentials_deliver',
  timeoutMs: 90_000,
  request: z.object({
    ...ofDevice,
    newPassword: z.boolean(), // made by us, known to the device and nobody else
    securityProfile: z.number().int().min(1).max(3).nullable(), // null: stays
  }),
  reply: z.object({ credentials: CredentialsView, outcome: CommandOutcome }),
});

/** The gateway saw something of a device that a person must look at. */
export const RaiseDeviceAlarm = defineRequest({
  subject: 'cb.ask.device.raise_alarm',
  timeoutMs: 3_000,
  request: z.object({
    deviceId: DeviceId,
    causeId: z.string(), // the same again is the same alarm
    alarmType: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
  reply: z.object({}),
});

/** Asked by the gateway for a device that made a key pair. What is issued is recorded with its expiry. */
export const SignCertificate = defineRequest({
  subject: 'cb.ask.certificate.sign',
  timeoutMs: 8_000,
  request: z.object({ deviceId: DeviceId, csrPem: z.string().max(10_000), use: z.enum(['station', 'v2g']) }),
  reply: z.object({
    decision: z.enum(['accepted', 'rejected']),
    reason: z.string().nullable(), // why rejected
    chainPem: z.string().nullable(), // leaf first; null: rejected
  }),
});
