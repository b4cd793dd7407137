// Fixture of embedded-servers.int-spec.ts: starts servers, prints their URLs as one JSON line, stays until a signal.
import { EmbeddedServers } from '../servers/embedded-servers.mjs';

const [dataDir, kind] = process.argv.slice(2);
const log = (line) => process.stderr.write(`${line}\n`);
const servers = new EmbeddedServers({ dataDir, project: 'chargebus-spec', ephemeral: kind === 'ephemeral', log });
process.on('SIGTERM', () => void servers.stop().then(() => process.exit(0)));
console.log(JSON.stringify(await servers.start()));
setInterval(() => {}, 1 << 30);
