import type { MigrationInterface } from 'typeorm';
import { Rollouts1763730000701 } from './1763730000701-rollouts.migration';
import { Firmware1763730000700 } from './1763730000700-firmware.migration';
import { Controls1763730000610 } from './controls.migration';
import { Fleet1763730000000 } from './fleet.migration';
import { Jobs1763730000500 } from './jobs.migration';
import { Parameters1763730000600 } from './params.migration';
import { Templates1763730000620 } from './templates.migration';

/** Schema `fleet`, oldest first. */
export const fleetMigrations: readonly (new () => MigrationInterface)[] = [
  Fleet1763730000000,
  Jobs1763730000500,
  Parameters1763730000600,
  Firmware1763730000700,
  Controls1763730000610,
  Templates1763730000620,
  Rollouts1763730000701,
];
