#!/usr/bin/env node
// npm run migrate: brings the database of DATABASE_URL to this build's shape. Safe to run twice, and beside another run.
import { createRequire } from 'node:module';

const url = process.env.DATABASE_URL;
if (!url) {
  console.error('DATABASE_URL is not set');
  process.exit(1);
}
const { migrate } = createRequire(import.meta.url)('@chargebus/persistence');
const { applied } = await migrate(url);
console.log(applied.length === 0 ? 'nothing to migrate' : `migrated: ${applied.join(', ')}`);
