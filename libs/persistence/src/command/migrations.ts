import type { MigrationInterface } from 'typeorm';

/** Schema `command`, oldest first. */
export const commandMigrations: readonly (new () => MigrationInterface)[] = [];
