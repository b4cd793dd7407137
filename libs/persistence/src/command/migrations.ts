import type { MigrationInterface } from 'typeorm';
import { Commands1763710000000 } from './commands.migration';

/** Schema `command`, oldest first. */
export const commandMigrations: readonly (new () => MigrationInterface)[] = [Commands1763710000000];
