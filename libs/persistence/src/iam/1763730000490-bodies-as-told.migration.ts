import type { MigrationInterface, QueryRunner } from 'typeorm';

const columnsAs = (type: 'json' | 'jsonb'): string =>
  ['query', 'request_body', 'response_body'].map((name) => `ALTER COLUMN ${name} TYPE ${type}`).join(', ');

/** Bodies are shown, never searched: kept as they came they cost Postgres less than half of what `jsonb` does. */
export class BodiesAsTold1763730000490 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE iam.api_request_logs ${columnsAs('json')}`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE iam.api_request_logs ${columnsAs('jsonb')}`);
  }
}
