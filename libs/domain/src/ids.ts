import { z } from 'zod';

/** Operator of devices; every row and every event belongs to exactly one. UUID. */
export const TenantId = z.uuid().brand<'TenantId'>();
export type TenantId = z.infer<typeof TenantId>;

/** One integration of a tenant: the holder of an API key. UUID. */
export const ClientId = z.uuid().brand<'ClientId'>();
export type ClientId = z.infer<typeof ClientId>;

/**
 * The device's own name in canonical text form, unique in the installation and the `phy_id` of the API
 * (AP3000: 8 upper-case hex digits, `04AB373B`).
 */
export const DeviceId = z.string().min(1).max(64).brand<'DeviceId'>();
export type DeviceId = z.infer<typeof DeviceId>;

/** From accepted start to final reading. `SES` + date + sortable random part. */
export const SessionId = z.string().min(8).max(64).brand<'SessionId'>();
export type SessionId = z.infer<typeof SessionId>;

/** One order to a device, with its attempts. UUID. */
export const CommandId = z.uuid().brand<'CommandId'>();
export type CommandId = z.infer<typeof CommandId>;

/**
 * What the wire carries to name a charge: opaque, at most 64 characters, echoed by the device.
 * AP3000: 32 lower-case hex digits. Unique per device for those that the platform made.
 */
export const OrderRef = z.string().min(1).max(64).brand<'OrderRef'>();
export type OrderRef = z.infer<typeof OrderRef>;

/** A port (EVSE) of a device, counted from 1. */
export const PortNo = z.number().int().min(1).max(1000);
export type PortNo = z.infer<typeof PortNo>;

/** RFC 3339 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ offset: false });
export type Instant = z.infer<typeof Instant>;

export const toInstant = (epochMs: number): Instant => new Date(epochMs).toISOString();
/** Epoch milliseconds; NaN for what is no date. */
export const instantToMs = (instant: Instant): number => Date.parse(instant);
