import path from 'node:path';
import { measureApi } from './measures/api';
import { measureBatch } from './measures/batch';
import { measureCodec } from './measures/codec';
import { measureCommands } from './measures/commands';
import { measureConnections } from './measures/connections';
import { measureHistory } from './measures/history';
import { measureIngest } from './measures/ingest';
import { measureOcpp } from './measures/ocpp';
import { measureStartUp } from './measures/start-up';
import { measureStatus } from './measures/status';
import { measureWebhookIsolation } from './measures/webhook-isolation';
import { measureWebhooks } from './measures/webhooks';
import { toTable, writeReport } from './report';
import type { Figure } from './report';

const MEASURES = {
  codec: measureCodec,
  ingest: measureIngest,
  connections: measureConnections,
  status: measureStatus,
  api: measureApi,
  commands: measureCommands,
  batch: measureBatch,
  webhooks: measureWebhooks,
  'webhook-isolation': measureWebhookIsolation,
  history: measureHistory,
  ocpp: measureOcpp,
  'start-up': measureStartUp,
} as const satisfies Record<string, () => Promise<Figure[]> | Figure[]>;
type MeasureName = keyof typeof MEASURES;

async function main(): Promise<void> {
  const all = Object.keys(MEASURES) as MeasureName[];
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !all.includes(name as MeasureName));
  if (unknown.length > 0) throw new Error(`no measure ${unknown.join(', ')}; there are ${all.join(', ')}`);
  const names = asked.length === 0 ? all : all.filter((name) => asked.includes(name));
  const figures: Figure[] = [];
  for (const name of names) {
    process.stderr.write(`[bench] ${name}\n`);
    const measured = await MEASURES[name]();
    console.log(toTable(measured));
    figures.push(...measured);
  }
  if (asked.length === 0) writeReport(path.resolve(__dirname, '..', '..'), figures);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
