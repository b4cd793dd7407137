import type { MigrationInterface } from 'typeorm';
import { Commands1763710000000 } from './1763710000000-command-schema.migration';
import { CommandLogLeaves1763730000231 } from './1763730000231-command-log-leaves.migration';

/** Schema `command`, oldest first. */
export const commandMigrations: readonly (new () => MigrationInterface)[] = [
  Commands1763710000000,
  CommandLogLeaves1763730000231,
];
