import type { MigrationInterface } from 'typeorm';
import { CommandLogLeaves1763730000231 } from './1763730000231-command-log-leaves.migration';
import { Commands1763710000000 } from './commands.migration';

/** Schema `command`, oldest first. */
export const commandMigrations: readonly (new () => MigrationInterface)[] = [
  Commands1763710000000,
  CommandLogLeaves1763730000231,
];
