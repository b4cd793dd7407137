import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { DownCommand, EncodableFields, FieldsOf } from '../commands/command-table';
import type { Ap3000Frame } from '../frame';
import { portReports, toWirePort } from '../tables/port-status';
import { failedToken } from '../tables/unknown-token';
import type { Link } from './link';
import { request } from './request-exchange';
import type { Request, Verdict } from './request-exchange';

export const acked = (result: Readonly<Record<string, unknown>> = {}): CommandOutcome => ({ status: 'acked', result });
export const rejected = (reason: string): CommandOutcome => ({ status: 'rejected', reason });

type ResultTokens = Readonly<Record<number, string>>;
export const resultOf = (frame: Ap3000Frame): number => (frame.fields as FieldsOf<'up', '83'>).result;

interface SimpleOptions {
  readonly tokens?: ResultTokens;
  readonly failure?: string; // of results without a token; their number otherwise
  readonly resends?: number;
  readonly onDone?: () => void;
}
/** Commands that are answered with one byte: 0 is done, the rest has names in places. */
export function simple<C extends DownCommand>(
  command: C,
  fields: EncodableFields<'down', C>,
  options: SimpleOptions = {},
): Request {
  const judge = (frame: Ap3000Frame, isReply: boolean): Verdict => {
    if (!isReply) return null;
    const result = resultOf(frame);
    if (result !== 0) return rejected(options.tokens?.[result] ?? options.failure ?? failedToken(result));
    options.onDone?.();
    return acked();
  };
  return request(command, fields, { judge, resends: options.resends ?? 1 });
}

/** No reply frame: the device sends 0x20, 0x01 and 0x21 with message ids of its own. 0x01 counts only from old devices. */
export function statusQuery(link: Link): Request {
  const judge = (frame: Ap3000Frame): Verdict => {
    const counts = frame.command === '21' || (frame.command === '01' && !link.device.saysHeartbeat);
    return counts ? acked(statusOf(frame)) : null;
  };
  return request('81', {}, { judge });
}
function statusOf(frame: Ap3000Frame): Readonly<Record<string, unknown>> {
  const { voltageV, signal, temperatureC, portStatuses } = frame.fields as FieldsOf<'up', '21'>;
  return { voltageV, signal: signal ?? null, temperatureC: temperatureC ?? null, ports: portReports(portStatuses) };
}

const REBOOT = { device: '87', host: '31', modem: '32' } as const;
const REBOOT_WAIT_MS = 120_000;
/** What a restarted box says first: devices register, hosts tell their status. */
const FIRST_WORDS: ReadonlySet<string> = new Set(['20', '11']);
/**
 * The reply can die in the restart, so a new registration, or the end of the connection, proves it as well. Never sent
 * twice: it would restart again.
 */
export function reboot({ scope }: CommandOf<'device.reboot'>): Request {
  const judge = (frame: Ap3000Frame, isReply: boolean): Verdict => {
    if (FIRST_WORDS.has(frame.command)) return acked({ evidence: 'registration' });
    if (!isReply) return null;
    return resultOf(frame) === 0 ? acked({ evidence: 'reply' }) : rejected(failedToken(resultOf(frame)));
  };
  const onClosed = (): CommandOutcome => acked({ evidence: 'connection_closed' });
  return request(REBOOT[scope], {}, { judge, onClosed, resends: 0, waitMs: REBOOT_WAIT_MS });
}

const MODIFY_TOKENS: ResultTokens = { 1: 'not_charging', 2: 'below_running_value', 3: 'no_such_mode_or_port' };
/** The wire has one target: total seconds or total energy. */
export function chargeModify(command: CommandOf<'charge.modify'>): Request {
  const { portNo, durationLimitS, energyLimitWh, powerLimitW, stopWhenFull } = command;
  if (powerLimitW != null) throw new RangeError('the power of a running charge cannot be changed');
  if ((durationLimitS === null) === (energyLimitWh === null))
    throw new RangeError('give a duration or an energy limit');
  const target =
    durationLimitS === null
      ? { mode: 2, quota: quotaOf(Math.round((energyLimitWh ?? 0) / 10)) }
      : { mode: stopWhenFull ? 1 : 0, quota: quotaOf(durationLimitS) };
  return simple('8A', { ...target, port: toWirePort(portNo) }, { tokens: MODIFY_TOKENS });
}
/** Seconds or 0.01 kWh; 0 would mean "until full". */
export function quotaOf(raw: number): number {
  if (raw < 1 || raw > 0xffff) throw new RangeError(`limit ${raw} is not within 1…65535 s or 0.01 kWh`);
  return raw;
}

export function memoryRead({ address, lengthBytes }: CommandOf<'memory.read'>): Request {
  const judge = (frame: Ap3000Frame, isReply: boolean): Verdict => {
    if (!isReply) return null;
    const { result, dataHex } = frame.fields as FieldsOf<'up', '8B'>;
    return result === 0 ? acked({ dataHex }) : rejected(failedToken(result));
  };
  return request('8B', { address, length: lengthBytes }, { judge });
}

export function displayQr({ text, persistent, showFirst }: CommandOf<'display.set_qr'>): Request {
  return persistent
    ? simple('8E', { mainScreen: showFirst ? 1 : 0, reservedHex: '000000', url: text })
    : simple('95', { text });
}

/** What the host was given answers its later 0x3B on this connection. */
export function hostSlaves({ frequencyMHz, slaves }: CommandOf<'host.set_slaves'>, { device }: Link): Request {
  const onDone = (): void => {
    device.fsk = { frequencyMHz, slaves };
  };
  return simple('3A', { frequencyMHz, reservedHex: '000000', slaveCount: slaves.length, slaves }, { onDone });
}

/** Sent once: a wrong address loses the host for good. */
export function hostServer({ host, port, moduleType, secondary }: CommandOf<'host.set_server'>): Request {
  const fields = { serverPort: port, moduleType, socketB: secondary ? 1 : 0, address: host };
  return simple('34', fields, { resends: 0 });
}
