import { Command, InvalidArgumentError, Option } from 'commander';
import { MODELS } from '../ap3000/models';
import type { ModelName } from '../ap3000/models';
import type { Ap3000Settings } from '../ap3000/settings';
import { FAULTS } from '../core/faults';
import type { FaultName, FaultPlan } from '../core/faults';
import { SCENARIOS } from '../scenarios';
import type { ScenarioName } from '../scenarios';
import { PROTOCOLS } from './protocols';
import type { ProtocolName } from './protocols';

export interface Target {
  readonly host: string;
  readonly port: number;
}
export interface Storm {
  readonly everyS: number; // real time
  readonly share: number; // of the connections, 0 to 1
}

/** What the command line asks for. */
export interface SimulateOptions {
  readonly protocol: ProtocolName;
  readonly target: Target;
  readonly devices: number;
  readonly ramp: number; // per second, 0: all at once
  readonly scenario: ScenarioName;
  readonly rate: number;
  readonly seed: number;
  readonly speed: number;
  readonly model: ModelName;
  readonly topology: Ap3000Settings['topology'];
  readonly slaves: number;
  readonly firstDevice: number;
  readonly sockets: number;
  readonly guns: number;
  readonly password: string | null;
  readonly tls: boolean;
  readonly ca: string | null; // files in PEM
  readonly cert: string | null;
  readonly key: string | null;
  readonly current: 'dc' | 'ac';
  readonly heartbeat: number | null; // s; null: the protocol's own
  readonly reportEvery: number | null; // s; null: the protocol's own
  readonly fault: Partial<FaultPlan>;
  readonly storm: Storm | null;
  readonly localAddress: readonly string[];
  readonly duration: number | null; // s of real time; null: until interrupted
  readonly settle: boolean;
  readonly statistics: number; // s of real time
  readonly ledger: string | null; // file
}

/** What `simulate replay` asks for. */
export interface ReplayOptions {
  readonly file: string;
  readonly to: Target;
  readonly speed: number;
  readonly maxGap: number; // s
  readonly password: string | null;
}

const LAST_DEVICE_NO = 0xffffff; // 24 bits of the physical id
const UNITS_S: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 };

function wholeNumber(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
    return value;
  };
}

function numberWithin(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value) || value < least || value > most)
      throw new InvalidArgumentError(`A number from ${least} to ${most} is needed.`);
    return value;
  };
}

/** `90`, `90s`, `3m`, `1h`, `500ms`; seconds. */
export function seconds(text: string): number {
  const [, digits = '', unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|min|h)?$/.exec(text) ?? [];
  const value = Number(digits) * (UNITS_S[unit] ?? Number.NaN);
  if (digits === '' || !(value > 0)) throw new InvalidArgumentError('A time is needed, such as 90s, 3m or 1h.');
  return value;
}

/** `50/s` or `50`; 0 for all at once. */
export function perSecond(text: string): number {
  const [, digits] = /^(\d+(?:\.\d+)?)(?:\/s)?$/.exec(text) ?? [];
  if (digits === undefined) throw new InvalidArgumentError('A rate is needed, such as 50/s.');
  return Number(digits);
}

/** `host:port`, `[v6]:port` or only a port. */
export function target(text: string): Target {
  const [, host = '127.0.0.1', port = ''] = /^(?:\[?([^\]\s]+?)\]?:)?(\d+)$/.exec(text) ?? [];
  const number = Number(port);
  if (port === '' || number < 1 || number > 65_535)
    throw new InvalidArgumentError('An address is needed, such as 127.0.0.1:7000.');
  return { host, port: number };
}

const isFault = (name: string): name is FaultName => name in FAULTS;

/** `name=chance`, collected. */
export function fault(text: string, earlier: Partial<FaultPlan> = {}): Partial<FaultPlan> {
  const [name = '', chance = ''] = text.split('=');
  if (!isFault(name))
    throw new InvalidArgumentError(`There is no fault "${name}". Known: ${Object.keys(FAULTS).join(', ')}.`);
  const value = Number(chance);
  if (chance === '' || !(value >= 0 && value <= 1))
    throw new InvalidArgumentError(`"${text}" is not name=chance with a chance from 0 to 1, such as ${name}=0.01.`);
  return { ...earlier, [name]: value };
}

/** `every` or `every:share`, such as `60s:0.5`. */
export function storm(text: string): Storm {
  const [every = '', share = '1'] = text.split(':');
  return { everyS: seconds(every), share: numberWithin(0, 1)(share) };
}

/** A device number, or a physical id (type codes begin with 0) of which the number is taken. */
export function deviceNo(text: string): number {
  const value = /^0[0-9A-Fa-f]{7}$/.test(text) ? Number.parseInt(text.slice(2), 16) : Number(text);
  if (!Number.isInteger(value) || value < 1 || value > LAST_DEVICE_NO)
    throw new InvalidArgumentError('A device number from 1 to 16777215 or a physical id of 8 hex digits is needed.');
  return value;
}

const collect = (text: string, earlier: readonly string[] = []): readonly string[] => [...earlier, ...text.split(',')];
const catalogue = (entries: readonly (readonly [string, string])[]): string =>
  entries.map(([name, summary]) => `  ${name.padEnd(22)}${summary}`).join('\n');

/** What is right by itself and wrong together; null: nothing. */
function conflictIn({ scenario, model, firstDevice, devices }: Partial<SimulateOptions>): string | null {
  if (scenario === 'progress-load' && model !== undefined && MODELS[model].generation === 'old')
    return `${model} devices send no progress reports, so progress-load needs another --model`;
  if ((firstDevice ?? 0) + (devices ?? 0) - 1 > LAST_DEVICE_NO)
    return `the number of the last device is beyond ${LAST_DEVICE_NO}; choose a smaller --first-device`;
  return null;
}

/** Sends a capture of a device again. */
export function replayCommand(run: (options: ReplayOptions) => Promise<void>): Command {
  return new Command('replay')
    .description(
      'Sends again what a device sent, from a capture of the API (…/frames/capture), to a test installation.',
    )
    .requiredOption('--file <capture>', 'JSON lines')
    .option('--to <host:port>', 'where the gateway listens; for OCPP its WebSocket port', target, {
      host: '127.0.0.1',
      port: 7000,
    })
    .option('--speed <x>', 'pauses are so much shorter', numberWithin(0.1, 10_000), 1)
    .option('--max-gap <time>', 'no pause is longer', seconds, 5)
    .option('--password <text>', 'of the Basic auth of OCPP stations')
    .allowExcessArguments(false)
    .action((given: Partial<ReplayOptions>) => run({ password: null, ...given } as ReplayOptions));
}

/** The command line; `run` gets what was asked for, validated. */
export function simulateCommand(run: (options: SimulateOptions) => Promise<void>): Command {
  return new Command('simulate')
    .description('Virtual charging devices against a running device gateway.')
    .addOption(
      new Option('--protocol <name>', 'what the devices speak').choices(Object.keys(PROTOCOLS)).default('ap3000'),
    )
    .option('--target <host:port>', 'where the gateway listens', target, { host: '127.0.0.1', port: 7000 })
    .option('--devices <n>', 'how many charging devices', wholeNumber(1, 100_000), 10)
    .option('--ramp <n/s>', 'new connections per second of real time; 0: all at once', perSecond, 50)
    .addOption(
      new Option('--scenario <name>', 'what happens, see below').choices(Object.keys(SCENARIOS)).default('charging'),
    )
    .option('--rate <n/s>', 'progress frames per second of progress-load', perSecond, 1000)
    .option('--seed <n>', 'the same seed makes the same devices, vehicles and people', wholeNumber(0, 0xffffffff), 1)
    .option('--speed <x>', 'device time per real time: 60 charges an hour in a minute', numberWithin(0.1, 10_000), 1)
    .addOption(
      new Option('--model <name>', 'what the devices are, see below').choices(Object.keys(MODELS)).default('dual'),
    )
    .addOption(
      new Option('--topology <name>', 'a connection each, slaves behind a host, or a socket as host of others')
        .choices(['direct', 'host', 'combined'])
        .default('direct'),
    )
    .option('--slaves <n>', 'devices per host', wholeNumber(1, 50), 10)
    .option('--first-device <no>', 'number (or physical id) of the first device', deviceNo, 1_000_000)
    .option('--sockets <n>', 'sockets of a BKV gateway', wholeNumber(1, 250), 2)
    .option('--guns <n>', 'guns of a YKC pile, EVSEs of an OCPP station', wholeNumber(1, 64), 2)
    .option('--password <text>', 'of the Basic auth of OCPP stations (default: none, security profile 0)')
    .option('--tls', 'OCPP stations come over TLS', false)
    .option('--ca <file>', 'PEM of who signs the certificate of the gateway (default: whom the system trusts)')
    .option('--cert <file>', 'PEM of the certificate of the stations, for security profile 3')
    .option('--key <file>', 'PEM of its key')
    .addOption(new Option('--current <kind>', 'what a YKC pile gives').choices(['dc', 'ac']).default('dc'))
    .option(
      '--heartbeat <time>',
      "between heartbeats, until the platform sets another (default: the protocol's)",
      seconds,
    )
    .option('--report-every <time>', "between the reports of one charge (default: the protocol's)", seconds)
    .option('--fault <name=chance>', 'what goes wrong and how often, see below; repeatable', fault)
    .option('--storm <time[:share]>', 'cut a share of the connections every so often of real time', storm)
    .option('--local-address <ip>', 'dial from this address; several are taken in turn', collect)
    .option('--duration <time>', 'stop after this much real time (default: when interrupted)', seconds)
    .option('--settle', 'at the end unplug everything and wait until all charges are settled', false)
    .option('--statistics <time>', 'how often they are shown', seconds, 1)
    .option('--ledger <file>', "at the end write the devices' own record of every charge, as JSON")
    .addHelpText('after', `\nProtocols:\n${catalogue(Object.entries(PROTOCOLS))}`)
    .addHelpText(
      'after',
      () => `\nScenarios:\n${catalogue(Object.entries(SCENARIOS).map(([name, { summary }]) => [name, summary]))}`,
    )
    .addHelpText(
      'after',
      () => `\nModels:\n${catalogue(Object.entries(MODELS).map(([name, { summary }]) => [name, summary]))}`,
    )
    .addHelpText('after', `\nFaults (chance per opportunity):\n${catalogue(Object.entries(FAULTS))}`)
    .addHelpText(
      'after',
      '\nExample:\n  npm run simulate -- --devices 500 --ramp 50/s --scenario charging --speed 60 --target 127.0.0.1:7000',
    )
    .showHelpAfterError('(simulate --help shows all options)')
    .allowExcessArguments(false)
    .action(async (given: Partial<SimulateOptions>, command: Command) => {
      const conflict = conflictIn(given);
      if (conflict !== null) command.error(`error: ${conflict}`);
      await run({
        fault: {},
        heartbeat: null,
        password: null,
        ca: null,
        cert: null,
        key: null,
        reportEvery: null,
        storm: null,
        localAddress: [],
        duration: null,
        ledger: null,
        ...given,
      } as SimulateOptions);
    });
}
