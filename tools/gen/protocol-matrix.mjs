// docs/protocols/matrix.md: what each driver declares about itself.
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../lib/workspace.mjs';
import { GENERATED, table } from './load.mjs';

const require = createRequire(import.meta.url);
const { createDrivers, createMessageDrivers } = require(path.join(root, 'apps/protocol-gateway/dist/drivers.js'));
const drivers = [...createDrivers(), ...createMessageDrivers()];
const MARKS = { native: '●', emulated: '◐', none: '–' };

const names = drivers.map(({ name }) => name);
const union = (part) => [...new Set(drivers.flatMap(({ declaration }) => Object.keys(declaration[part])))];
const overview = (part) =>
  table(
    ['', ...names],
    union(part).map((key) => [
      `\`${key}\``,
      ...drivers.map(({ declaration }) => MARKS[declaration[part][key].support]),
    ]),
  );
const reasons = ({ name, declaration }) => {
  const rows = ['orders', 'facts'].flatMap((part) =>
    Object.entries(declaration[part])
      .filter(([, { why }]) => why !== null)
      .map(([key, { support, why }]) => [`\`${key}\``, support, why]),
  );
  return `### ${name}\n\n${table(['', 'Support', 'Why, or what limits it'], rows)}`;
};

export function protocolMatrix() {
  const intro =
    `${MARKS.native} the protocol has messages for it · ${MARKS.emulated} something else does it · ${MARKS.none} not at all. ` +
    'The declarations stand in the drivers, beside the code that carries them out, and the conformance suite gives every ' +
    'order to every driver. A device may be able to do less than its protocol: `GET /api/third/devices/{phyId}` shows it.';
  return `${GENERATED}
# What each protocol can do

${intro}

## Orders

${overview('orders')}

## Facts

What a device tells, in our words. Every protocol also gives \`device.connected\`, \`device.disconnected\`,
\`device.incapable\` and \`frame.rejected\`: they are the gateway's own.

${overview('facts')}

## Why

${drivers.map(reasons).join('\n\n')}
`;
}
