import { DeviceId, Instant } from '@chargebus/domain';
import { z } from 'zod';
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
  request: z.object({ deviceId: DeviceId, nextPassword: z.boolean(), nextProfile: z.boolean() }),
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
