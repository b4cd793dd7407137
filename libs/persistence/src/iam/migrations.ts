import type { MigrationInterface } from 'typeorm';
import { Iam1763700000000 } from './1763700000000-iam-schema.migration';
import { Exports1763730000210 } from './1763730000210-exports.migration';
import { RequestLogLeaves1763730000232 } from './1763730000232-request-log-leaves.migration';
import { ExportTotals1763730000233 } from './1763730000233-export-totals.migration';
import { IdempotencyKeys1763730000300 } from './1763730000300-idempotency-keys.migration';
import { ScopeBundles1763730000400 } from './1763730000400-scope-bundles.migration';
import { Principals1763730000410 } from './1763730000410-principals.migration';
import { Audit1763730000420 } from './1763730000420-audit.migration';
import { Approvals1763730000430 } from './1763730000430-approvals.migration';
import { Settings1763730000440 } from './1763730000440-settings.migration';
import { OwnersOfKeys1763730000450 } from './1763730000450-owners-of-keys.migration';
import { BodiesAsTold1763730000490 } from './1763730000490-bodies-as-told.migration';

/** Schema `iam`, oldest first. */
export const iamMigrations: readonly (new () => MigrationInterface)[] = [
  Iam1763700000000,
  Exports1763730000210,
  RequestLogLeaves1763730000232,
  ExportTotals1763730000233,
  IdempotencyKeys1763730000300,
  ScopeBundles1763730000400,
  Principals1763730000410,
  Audit1763730000420,
  Approvals1763730000430,
  Settings1763730000440,
  OwnersOfKeys1763730000450,
  BodiesAsTold1763730000490,
];
