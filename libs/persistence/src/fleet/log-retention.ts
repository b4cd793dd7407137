import type { BlobStore } from '@chargebus/messaging';
import type { Retention } from '../archive/retention-keeper';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';
import { blobOfLog } from './log-upload.repository';
import type { LogUploadRepository } from './log-upload.repository';

const AT_ONCE = 100;

/**
 * Logs that devices brought leave for good: they are files already, and hold what nobody asks for after a while. Files
 * first, so that no file is left whose row is gone; a row whose file is gone is found again by the next round.
 */
export const logRetention = (
  database: Database,
  uploads: LogUploadRepository,
  openStore: () => Promise<BlobStore>,
  days: number,
): Retention => ({
  kind: 'device logs',
  retained: 'deviceLogs',
  defaultDays: () => days,
  tenants: () => database.transaction(asSystem('logs of every tenant are looked after'), (tx) => uploads.tenants(tx)),
  next: (tenantId, keepFrom) =>
    database.transaction(forTenant(tenantId), async (tx) => {
      const old = await uploads.takeOld(tx, tenantId, keepFrom, AT_ONCE);
      if (old.length === 0) return null;
      const store = await openStore();
      for (const upload of old) await store.remove(blobOfLog(upload));
      await uploads.remove(
        tx,
        old.map(({ uploadId }) => uploadId),
      );
      return { rows: old.length };
    }),
});
