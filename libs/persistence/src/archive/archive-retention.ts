import type { BlobStore } from '@chargebus/messaging';
import type { Database } from '../database';
import { asSystem, forTenant } from '../scope';
import { fileOfArchive } from './archive-name';
import type { ArchiveRepository } from './archive.repository';
import type { Retention } from './retention-keeper';

const AT_ONCE = 100;

/** Archives leave for good, files first: an entry whose file is gone is found again by the next round. */
export const archiveRetention = (
  database: Database,
  archives: ArchiveRepository,
  openStore: () => Promise<BlobStore>,
  days: number,
): Retention => ({
  kind: 'archives',
  retained: 'archives',
  defaultDays: () => days,
  tenants: () =>
    database.transaction(asSystem('archives of every tenant are looked after'), (tx) => archives.tenants(tx)),
  next: (tenantId, keepFrom) =>
    database.transaction(forTenant(tenantId), async (tx) => {
      const old = await archives.takeOld(tx, tenantId, keepFrom, AT_ONCE);
      if (old.length === 0) return null;
      const store = await openStore();
      for (const archiveId of old) await store.remove(fileOfArchive(archiveId));
      await archives.remove(tx, old);
      return { rows: old.length };
    }),
});
