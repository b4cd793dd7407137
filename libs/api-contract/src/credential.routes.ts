import { DeviceNotFound, DeviceOffline, SecurityProfileRefused } from '@chargebus/errors';
import { z } from 'zod';
import { defineRoute } from './define-route';
import { devicePath, instant, tag, text } from './fields';

const securityProfile = z
  .int()
  .min(0)
  .max(3)
  .describe('0: nothing. 1: password. 2: password over TLS. 3: client certificate over TLS.');

export const Credentials = z
  .object({
    phy_id: z.string(),
    enabled: z.boolean().describe('false: connections are refused, and one that is open is closed.'),
    versions: z.array(z.string()).nullable().describe('Versions of the protocol that it may speak; null: all.'),
    security_profile: securityProfile,
    next_security_profile: securityProfile
      .nullable()
      .describe('Accepted besides, until the device has used it; null: no change is under way.'),
    has_password: z.boolean(),
    password_change: z
      .enum(['none', 'offered', 'accepted'])
      .describe('By the device; both passwords count until it has used the newer one, or for 10 min once it accepted.'),
    certificate_cn: z.string().nullable().describe('Common name that its certificate must bear; null: the phy_id.'),
    certificate_until: instant.nullable().describe('End of the newest certificate that was issued to it.'),
    answers_pings: z.boolean(),
  })
  .meta({ id: 'DeviceCredentials' });
export type Credentials = z.infer<typeof Credentials>;

const example: Credentials = {
  phy_id: 'CP-0001',
  enabled: true,
  versions: null,
  security_profile: 1,
  next_security_profile: null,
  has_password: true,
  password_change: 'none',
  certificate_cn: null,
  certificate_until: null,
  answers_pings: true,
};

export const getCredentials = defineRoute({
  id: 'getDeviceCredentials',
  method: 'GET',
  path: '/api/third/devices/{phyId}/credentials',
  scope: 'devices:read',
  tag: 'Devices',
  summary: 'How a device proves itself',
  description: 'Of devices that connect by WebSocket. Passwords are kept as hashes and never shown.',
  params: devicePath,
  response: Credentials,
  errors: [DeviceNotFound],
  example: { params: { phyId: 'CP-0001' }, response: example },
});

export const setCredentials = defineRoute({
  id: 'setDeviceCredentials',
  method: 'PUT',
  path: '/api/third/devices/{phyId}/credentials',
  scope: 'devices:write',
  tag: 'Devices',
  summary: 'Set how a device proves itself',
  description:
    'What is left out stays as it is. A new password counts at once and alone: the device must have it by then. To give it one over its connection, deliver it.',
  params: devicePath,
  body: z
    .strictObject({
      enabled: z.boolean().optional(),
      versions: z.array(tag(20)).min(1).max(10).nullable().optional(),
      security_profile: securityProfile.optional(),
      next_security_profile: z
        .int()
        .min(1)
        .max(3)
        .nullable()
        .optional()
        .describe('Accepted besides, until the device has used it: for devices that are raised by other orders.'),
      password: z
        .string()
        .regex(/^[\x20-\x7e]{16,40}$/, 'must be 16 to 40 printable ASCII characters')
        .optional()
        .describe('Hexadecimal digits stand for bytes: the device may send either.'),
      generate_password: z.boolean().default(false).describe('Instead of password; the answer shows it, this once.'),
      certificate_cn: text(64).nullable().optional(),
      answers_pings: z.boolean().optional().describe('false: only its messages prove that it lives.'),
    })
    .refine(({ password, generate_password }) => password === undefined || !generate_password, {
      message: 'is given and shall be generated',
      path: ['password'],
    })
    .meta({ id: 'SetDeviceCredentials' }),
  response: Credentials.extend({ password: z.string().nullable().describe('null: none was generated.') }).meta({
    id: 'DeviceCredentialsOnce',
  }),
  errors: [DeviceNotFound],
  example: {
    params: { phyId: 'CP-0001' },
    body: { security_profile: 1, generate_password: true },
    response: { ...example, password: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b' },
  },
});

export const deliverCredentials = defineRoute({
  id: 'deliverDeviceCredentials',
  method: 'POST',
  path: '/api/third/devices/{phyId}/credentials/deliver',
  scope: 'devices:write',
  tag: 'Devices',
  summary: 'Give a connected device other credentials',
  description:
    'Makes a new password and hands it to the device by an order of its protocol, or tells it to raise its security profile, or both. Older and newer count until the device has used the newer; what it refuses changes nothing.',
  params: devicePath,
  body: z
    .strictObject({
      new_password: z.boolean().default(true),
      security_profile: z.int().min(1).max(3).optional().describe('Above the present one.'),
    })
    .refine(({ new_password, security_profile }) => new_password || security_profile !== undefined, {
      message: 'asks for nothing',
      path: ['new_password'],
    })
    .meta({ id: 'DeliverDeviceCredentials' }),
  response: z
    .object({
      credentials: Credentials,
      outcome: z
        .enum(['accepted', 'refused', 'unanswered'])
        .describe('unanswered: the device may have taken them, so both count.'),
      reason: z.string().nullable().describe('Why it refused.'),
    })
    .meta({ id: 'DeliveredCredentials' }),
  ordersDevice: true,
  errors: [DeviceNotFound, DeviceOffline, SecurityProfileRefused],
  example: {
    params: { phyId: 'CP-0001' },
    body: {},
    response: { credentials: { ...example, password_change: 'accepted' }, outcome: 'accepted', reason: null },
  },
});
