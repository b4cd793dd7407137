import { Instant, PortNo, SessionId, TenantId } from '@chargebus/domain';
import { z } from 'zod';

/** Query strings carry text: `"12"` becomes 12, anything else is left for `schema` to refuse. */
export const numberInQuery = <T extends z.ZodType<number>>(schema: T) =>
  z.preprocess((text) => (typeof text === 'string' && /^-?\d{1,9}$/.test(text) ? Number(text) : text), schema);
/** `true`, `false`, `1` or `0`. */
export const flagInQuery = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'], case: 'sensitive' });

export const phyId = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 visible ASCII characters')
  .describe('Physical id of the device (AP3000: 8 hex digits), or the number printed on it.');
export const devicePath = z.object({ phyId });

/** Text that people or other systems choose: no control characters. */
export const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'must not hold control characters');

export const thirdPartyOrderNo = text(100).describe('Order number of the integrator; unique per tenant and client.');
export const portNo = PortNo.describe('Port of the device, counted from 1.');
export const sessionId = SessionId.describe('Charging session.');
export const tenantId = TenantId;
/** RFC 3339 in UTC. */
export const instant = Instant;
export const tag = (max: number) =>
  z.string().regex(new RegExp(`^[A-Za-z0-9_.:-]{1,${max.toString()}}$`), 'has characters that are not allowed');

/** What a start, a stop or a command view waits for before it is answered. */
export const wait = z
  .enum(['none', 'sent', 'ack'])
  .describe(
    'none: answer at once. sent: until the order is on the wire or put off (the device is away), at most 1 s. ack: until the device has answered, at most twice device_response_timeout.',
  );

export const idempotencyHeader = z.object({
  'idempotency-key': text(200)
    .optional()
    .describe('Chosen by the caller: the same request with the same key is done once, for 24 hours.'),
});
