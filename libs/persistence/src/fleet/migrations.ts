import type { MigrationInterface } from 'typeorm';
import { Fleet1763730000000 } from './1763730000000-fleet-schema.migration';
import { Jobs1763730000500 } from './1763730000500-jobs.migration';
import { Parameters1763730000600 } from './1763730000600-parameters.migration';
import { Controls1763730000610 } from './1763730000610-controls.migration';
import { Templates1763730000620 } from './1763730000620-templates.migration';
import { Firmware1763730000700 } from './1763730000700-firmware.migration';
import { Rollouts1763730000701 } from './1763730000701-rollouts.migration';
import { ChangeQueue1763730000900 } from './1763730000900-change-queue.migration';
import { OpenChanges1763730000910 } from './1763730000910-open-changes.migration';
import { ToldOf1763730000920 } from './1763730000920-told-of.migration';

/** Schema `fleet`, oldest first. */
export const fleetMigrations: readonly (new () => MigrationInterface)[] = [
  Fleet1763730000000,
  Jobs1763730000500,
  Parameters1763730000600,
  Controls1763730000610,
  Templates1763730000620,
  Firmware1763730000700,
  Rollouts1763730000701,
  ChangeQueue1763730000900,
  OpenChanges1763730000910,
  ToldOf1763730000920,
];
