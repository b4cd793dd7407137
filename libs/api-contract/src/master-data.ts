import { MasterCode } from '@chargebus/domain';
import { z } from 'zod';
import { instant, text } from './fields';

/** Who may look at the organisation, and who may change it. */
export const reads = { scope: 'devices:read' } as const;
export const writes = { scope: 'devices:write' } as const;
export const codePath = z.object({ code: text(64).describe('Code that its owner chose.') });
export const code = MasterCode.describe('Chosen by its owner; unique per tenant, never changed.');
export const name = text(100);
export const namedCode = text(64);
export const written = { created_at: instant, updated_at: instant };
export const writtenExample = { created_at: '2024-01-01T08:00:00.000Z', updated_at: '2024-01-01T08:00:00.000Z' };
export const Removed = z.object({ code: z.string() }).meta({ id: 'RemovedCode' });
export const search = text(100).optional().describe('Part of the code or name.');
