import { DataScope } from '@chargebus/domain';
import { z } from 'zod';
import { GRANTS } from './scopes';

/** Roles of a tenant, as they are granted. */
export const roleName = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,49}$/, 'must be a-z, 0-9, _ and -, and begin with a letter');
export const grants = z
  .array(
    z.union([z.enum(GRANTS), z.string().regex(/^role:[a-z][a-z0-9_-]{0,49}$/, 'is neither a scope nor role:<name>')]),
  )
  .min(1)
  .max(50)
  .describe('Scopes; `third` for all that an integrator needs; `role:<name>` for a role of the tenant.');

export const dataScope = DataScope.meta({ id: 'DataScope' })
  .nullable()
  .describe(
    'The part of the tenant that it may touch: all devices of these regions, stations and groups, and these devices; null: the whole tenant.',
  );

/** A list of addresses and ranges; what it holds exactly is checked by `api`. */
export const allowedIps = z
  .array(z.string().regex(/^[0-9A-Fa-f:.]{2,45}(\/\d{1,3})?$/, 'is neither an address nor a range'))
  .max(100)
  .describe('Addresses and ranges (CIDR, IPv4 and IPv6) that it may call from; empty: from anywhere.');
