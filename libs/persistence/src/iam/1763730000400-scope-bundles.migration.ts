import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All that an integrator could be given when `third` was written out scope by scope. */
const THIRD_BEFORE = `ARRAY['charge:read', 'charge:write', 'devices:read', 'devices:write', 'commands:read', 'commands:write',
  'devices:maintain', 'tokens:read', 'tokens:write', 'webhooks:read', 'webhooks:write']`;

/** A client that has all of it is given the bundle instead, and so whatever the bundle will hold. */
export class ScopeBundles1763730000400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE iam.clients SET scopes = ARRAY(
        SELECT 'third' UNION ALL SELECT scope FROM unnest(scopes) AS scope WHERE scope <> ALL (${THIRD_BEFORE}))
      WHERE scopes @> ${THIRD_BEFORE}`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE iam.clients SET scopes = ${THIRD_BEFORE} || array_remove(scopes, 'third') WHERE 'third' = ANY (scopes)`);
  }
}
