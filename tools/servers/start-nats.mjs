// A private NATS with JetStream on file storage.
import fs from 'node:fs';
import path from 'node:path';
import { launch, passwordOf } from './launch.mjs';

export function startNats(context, binary, port) {
  const dir = path.join(context.dataDir, 'nats');
  fs.mkdirSync(dir, { recursive: true });
  const password = passwordOf(context, 'nats');
  const config = path.join(dir, 'server.conf');
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    `server_name: "${context.project}-embedded"`,
    'max_payload: 4MB',
    'write_deadline: "10s"',
    `authorization { user: "${context.project}", password: "${password}" }`,
    `jetstream { store_dir: ${JSON.stringify(dir)}, max_memory_store: 256MB, max_file_store: 8GB }`,
  ];
  fs.writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  return {
    ...launch(context, 'nats', binary.exe, ['-c', config], { env: binary.env }),
    url: `nats://${context.project}:${password}@127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    marker: config,
  };
}
