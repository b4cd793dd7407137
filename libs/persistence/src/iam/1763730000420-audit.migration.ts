import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APP_ROLE } from '../database';
import { isolateTenants } from '../tenancy.migration';

/**
 * The audit log: one chain of entries per tenant. An entry's hash covers its place, its content as written and the hash
 * before it; everything that can be searched is generated from the content, so nothing can be changed beside it. The
 * application's role may append (by a function of the owner, which takes the end of the chain under a lock) and read;
 * nobody updates or deletes, the owner neither: triggers refuse it.
 */
export class Audit1763730000420 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA audit');
    await runner.query(`GRANT USAGE ON SCHEMA audit TO ${APP_ROLE}`);
    await runner.query(`
      CREATE TABLE audit.heads (
        tenant_id uuid PRIMARY KEY,
        sequence bigint NOT NULL,
        hash text NOT NULL -- of the entry with that sequence; empty before the first
      )`);
    await runner.query(`
      CREATE TABLE audit.entries (
        tenant_id uuid NOT NULL,
        sequence bigint NOT NULL, -- from 1, without gaps
        content json NOT NULL, -- this type keeps the text as it was hashed
        previous_hash text NOT NULL,
        hash text NOT NULL,
        at timestamptz NOT NULL GENERATED ALWAYS AS (to_timestamp((content ->> 'at_ms')::double precision / 1000)) STORED,
        action text NOT NULL GENERATED ALWAYS AS (content ->> 'action') STORED,
        actor_id text GENERATED ALWAYS AS (content -> 'actor' ->> 'id') STORED,
        phy_id text GENERATED ALWAYS AS (content ->> 'phy_id') STORED,
        request_id text GENERATED ALWAYS AS (content ->> 'request_id') STORED,
        result text NOT NULL GENERATED ALWAYS AS (content -> 'result' ->> 'outcome') STORED,
        PRIMARY KEY (tenant_id, sequence)
      )`);
    await runner.query('CREATE INDEX ON audit.entries (tenant_id, at DESC)');
    await runner.query('CREATE INDEX ON audit.entries (tenant_id, actor_id, sequence DESC)');
    await runner.query('CREATE INDEX ON audit.entries (tenant_id, phy_id, sequence DESC) WHERE phy_id IS NOT NULL');
    for (const table of ['heads', 'entries']) {
      await isolateTenants(runner, `audit.${table}`);
      await runner.query(`GRANT SELECT ON audit.${table} TO ${APP_ROLE}`);
    }
    await runner.query(`
      CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'P0A01'; END $$`);
    await runner.query(`
      CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.entries
      FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse()`);
    await createAppend(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA audit CASCADE');
  }
}

/** Chains are taken in the order of their tenants, so that two batches never wait for each other in a circle. */
async function createAppend(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION audit.append(tenants uuid[], contents text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE item record; tenant uuid; place bigint; before text; digest text;
    BEGIN
      FOR item IN SELECT t, c FROM unnest(tenants, contents) WITH ORDINALITY AS given (t, c, n) ORDER BY t, n LOOP
        IF tenant IS DISTINCT FROM item.t THEN
          UPDATE audit.heads SET sequence = place, hash = before WHERE tenant_id = tenant;
          tenant := item.t;
          INSERT INTO audit.heads (tenant_id, sequence, hash) VALUES (tenant, 0, '') ON CONFLICT DO NOTHING;
          SELECT h.sequence, h.hash INTO place, before FROM audit.heads h WHERE h.tenant_id = tenant FOR UPDATE;
        END IF;
        place := place + 1;
        digest := encode(sha256(convert_to(before || E'\\n' || tenant || E'\\n' || place || E'\\n' || item.c, 'UTF8')), 'hex');
        INSERT INTO audit.entries (tenant_id, sequence, content, previous_hash, hash)
          VALUES (tenant, place, item.c::json, before, digest);
        before := digest;
      END LOOP;
      UPDATE audit.heads SET sequence = place, hash = before WHERE tenant_id = tenant;
    END $$`);
  await runner.query('REVOKE ALL ON FUNCTION audit.append(uuid[], text[]) FROM PUBLIC');
  await runner.query(`GRANT EXECUTE ON FUNCTION audit.append(uuid[], text[]) TO ${APP_ROLE}`);
}
