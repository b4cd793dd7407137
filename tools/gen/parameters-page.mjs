// docs/generated/parameters.md: the dictionary of device parameters, and who has what.
import { createRequire } from 'node:module';
import { GENERATED, table } from './load.mjs';

const { PARAMETERS, parameterSupport } = createRequire(import.meta.url)('@chargebus/domain');
const PROTOCOLS = ['ap3000', 'bkv', 'ykc', 'ocpp1.6', 'ocpp2.0.1'];
const MARKS = { native: '●', emulated: '◐', none: '–' };

const names = ({ name, aliases }) => [name, ...aliases].map((one) => `\`${one}\``).join(', ');
const range = ({ type, min, max, unit }) => `${type === 'range' ? 'two ends, ' : ''}${min}…${max} ${unit}`;

export function parametersPage() {
  const reasons = PARAMETERS.flatMap((one) =>
    PROTOCOLS.map((protocol) => [`\`${one.name}\``, protocol, parameterSupport(one, protocol)])
      .filter(([, , { support }]) => support === 'native')
      .map(([name, protocol, { why }]) => [name, protocol, why]),
  );
  return `${GENERATED}
# Parameters of devices

${MARKS.native} the device has it · ${MARKS.emulated} the platform keeps to it · ${MARKS.none} not at all. How they are set: [parameters.md](../parameters.md).

${table(
  ['Name', '', 'Range', ...PROTOCOLS, 'Meaning'],
  PARAMETERS.map((one) => [
    names(one),
    `${one.title.en} ${one.title.zh}`,
    range(one),
    ...PROTOCOLS.map((protocol) => MARKS[parameterSupport(one, protocol).support]),
    one.description,
  ]),
)}

## Where devices keep them

${table(['Parameter', 'Protocol', 'Keys and group'], reasons)}
`;
}
