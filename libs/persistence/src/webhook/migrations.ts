import type { MigrationInterface } from 'typeorm';

/** Schema `webhook`, oldest first. */
export const webhookMigrations: readonly (new () => MigrationInterface)[] = [];
