// A private Redis (or Valkey), append-only file on; as a last resort an emulation in JavaScript.
import fs from 'node:fs';
import path from 'node:path';
import { launch, passwordOf } from './launch.mjs';

export function startRedis(context, binary, port) {
  if (binary.source === 'js') return startEmulation(context, binary, port);
  const dir = path.join(context.dataDir, 'redis');
  fs.mkdirSync(dir, { recursive: true });
  const password = passwordOf(context, 'redis');
  const config = [
    'bind 127.0.0.1',
    `port ${port}`,
    'protected-mode yes',
    `requirepass ${password}`,
    `dir ${JSON.stringify(dir)}`,
    'maxmemory-policy noeviction', // BullMQ loses jobs under any other
    'daemonize no',
    'save ""',
    ...(context.ephemeral ? ['appendonly no'] : ['appendonly yes', 'appendfsync everysec']),
  ];
  return {
    // The configuration comes on stdin: no password on a command line.
    ...launch(context, 'redis', binary.exe, ['-'], { env: binary.env, stdin: `${config.join('\n')}\n`, cwd: dir }),
    url: `redis://:${password}@127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    marker: `:${port}`, // Redis shows its address as its command line
  };
}

function startEmulation(context, binary, port) {
  context.log(
    'redis: WARNING: no real server could be had; an emulation is used (no persistence, slow with many jobs)',
  );
  const { bin } = JSON.parse(fs.readFileSync(path.join(binary.dir, 'package.json'), 'utf8'));
  const cli = path.join(binary.dir, typeof bin === 'string' ? bin : Object.values(bin)[0]);
  return {
    ...launch(context, 'redis', process.execPath, [cli, '--port', String(port)]),
    url: `redis://127.0.0.1:${port}`,
    stopSignal: 'SIGKILL',
    marker: cli,
  };
}
