import { readableGroups } from '@chargebus/domain';
import type { DeviceCommand } from '@chargebus/domain';
import type { TestItem, TestResult } from '@chargebus/persistence/fleet';
import type { CommandView, DeviceSettings, GetDeviceRealtime, ReplyOf } from '@chargebus/requests';
import type { DeviceInFull } from '../devices/device-desk';
import { bearerOf } from '../params/change-run';

/** How a device answered an order of a diagnosis. */
export type Ask = (purpose: string, command: DeviceCommand) => Promise<Answer>;
export interface Answer {
  readonly status: CommandView['status'];
  readonly reason: string | null;
  readonly result: CommandView['result'];
  readonly roundTripMs: number | null;
}
/** What a test is judged by. */
export interface Bench {
  readonly device: DeviceInFull;
  readonly realtime: ReplyOf<typeof GetDeviceRealtime>;
  readonly settings: DeviceSettings;
  readonly ask: Ask;
}

type Verdict = Omit<TestResult, 'item'>;
const passed = (evidence: TestResult['evidence']): Verdict => ({ status: 'passed', reason: null, evidence });
const failed = (reason: string, evidence: TestResult['evidence']): Verdict => ({ status: 'failed', reason, evidence });
const notSupported = (reason: string): Verdict => ({ status: 'not_supported', reason, evidence: {} });

const canDo = ({ capabilities }: DeviceInFull, kind: DeviceCommand['kind']): boolean =>
  capabilities?.[kind] !== undefined && capabilities[kind].support !== 'none';
const notTold = ({ status, reason }: Answer): string => reason ?? status;

/** Presence says that it is there; an answer proves it. */
async function connectivity({ device, ask }: Bench): Promise<Verdict> {
  const { online, onlineScore, lastSeenAt, protocol, attributes } = device;
  const evidence = { online, online_score: onlineScore, last_seen: lastSeenAt, protocol };
  if (!online) return failed('device_offline', evidence);
  if (!canDo(device, 'status.query')) return passed(evidence);
  // One port is enough for an answer; a station tells of all of them one by one.
  const [port] = device.ports;
  const about = port === undefined ? {} : { portNo: port.portNo };
  const answer = await ask('status', { kind: 'status.query', ...about });
  const signal = answer.result?.signal ?? attributes.signal ?? null;
  const told = { ...evidence, round_trip_ms: answer.roundTripMs, signal };
  // A refusal is an answer, too.
  return answer.status === 'acked' || answer.status === 'rejected' ? passed(told) : failed(notTold(answer), told);
}

/** Every port says how it is, and none of them is broken. */
function ports({ device }: Bench): Promise<Verdict> {
  const evidence = {
    ports: device.ports.map(({ portNo, state, fault, changedAt }) => ({
      port_no: portNo,
      status: state,
      fault,
      changed_at: changedAt,
    })),
  };
  const broken = device.ports.filter(({ state, fault }) => state === 'fault' || fault !== null);
  const verdict = (): Verdict => {
    if (!device.online) return failed('device_offline', evidence);
    if (device.ports.length === 0) return failed('no_ports_known', evidence);
    if (broken.length > 0) return failed(`fault_on_port_${broken.map(({ portNo }) => portNo).join('_')}`, evidence);
    return device.ports.every(({ state }) => state === 'unknown')
      ? failed('ports_never_reported', evidence)
      : passed(evidence);
  };
  return Promise.resolve(verdict());
}

/** What the parts stand at most, where nobody has set limits (°C, V). */
const SANE_C: readonly [number, number] = [-40, 85];
const SANE_V: Readonly<Record<'AC' | 'DC', readonly [number, number]>> = { AC: [80, 480], DC: [0, 1_500] };
const outside = (value: number | null, [low, high]: readonly [number, number]): boolean =>
  value !== null && (value < low || value > high);

/** The values that it measures are there, and within its limits. */
function sensors({ device, realtime, settings }: Bench): Promise<Verdict> {
  const samples = realtime.ports.flatMap(({ sample }) => sample ?? []);
  const volts = [realtime.voltageV, ...samples.map(({ voltageV }) => voltageV)];
  const degrees = [realtime.temperatureC, ...samples.map(({ temperatureC }) => temperatureC)];
  const evidence = {
    voltage: realtime.voltageV,
    temperature: realtime.temperatureC,
    signal: realtime.signal,
    samples: samples.length,
    as_of: realtime.lastSeenAt,
  };
  const verdict = (): Verdict => {
    if (!device.online) return failed('device_offline', evidence);
    if ([...volts, ...degrees, realtime.signal].every((value) => value === null))
      return notSupported('the device tells no measurement');
    const warmest = settings.maxTemperatureC ?? SANE_C[1];
    if (degrees.some((value) => outside(value, [SANE_C[0], warmest])))
      return failed('temperature_out_of_range', evidence);
    const range = settings.voltageRangeV ?? SANE_V[device.type];
    return volts.some((value) => outside(value, range)) ? failed('voltage_out_of_range', evidence) : passed(evidence);
  };
  return Promise.resolve(verdict());
}

const READ_BYTES = 16;
/** What it has stored can be read: its memory where the protocol shows it, else its configuration. */
async function memory({ device, ask }: Bench): Promise<Verdict> {
  if (canDo(device, 'memory.read')) {
    if (!device.online) return failed('device_offline', {});
    const answer = await ask('memory', { kind: 'memory.read', address: 0, lengthBytes: READ_BYTES });
    const bytes = typeof answer.result?.dataHex === 'string' ? answer.result.dataHex.length / 2 : 0;
    const evidence = { address: 0, asked_bytes: READ_BYTES, read_bytes: bytes, round_trip_ms: answer.roundTripMs };
    return answer.status === 'acked' && bytes > 0 ? passed(evidence) : failed(notTold(answer), evidence);
  }
  if (device.capabilities === null) return failed(device.online ? 'capabilities_unknown' : 'device_offline', {});
  const group = readableGroups(bearerOf(device))[0]?.readGroup;
  if (device.capabilities['params.get'].support !== 'native' || group === undefined)
    return notSupported('the protocol shows neither memory nor configuration');
  if (!device.online) return failed('device_offline', {});
  const answer = await ask('configuration', { kind: 'params.get', group });
  const values = answer.result?.values;
  const read = typeof values === 'object' && values !== null ? Object.keys(values).length : 0;
  const evidence = { group, read_values: read, round_trip_ms: answer.roundTripMs };
  return answer.status === 'acked' && read > 0 ? passed(evidence) : failed(notTold(answer), evidence);
}

/** One verdict per item, by what the device really answers. */
export const TESTS: Readonly<Record<TestItem, (bench: Bench) => Promise<Verdict>>> = {
  connectivity,
  ports,
  sensors,
  memory,
};
