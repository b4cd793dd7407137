import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { Layout } from '@chargebus/protocol-core';
import type { DownCommand } from '../commands/command-table';
import { cardParameters, limits, mute, running1, running2, tcMode, workMode } from '../commands/parameters';
import type { Ap3000Frame } from '../frame';
import { failedToken } from '../tables/unknown-token';
import { request } from './request-exchange';
import type { Request, Verdict } from './request-exchange';
import { acked, rejected, resultOf } from './simple';

type Values = Readonly<Record<string, unknown>>;
interface ParameterGroup {
  readonly layout: Pick<Layout<unknown, never>, 'fieldNames'>;
  readonly write: DownCommand;
  /** Null: the device cannot be asked for it. */
  readonly read: DownCommand | null;
  /** The write sets every value, so those that are not given are read first. */
  readonly readFirst: 'always' | 'when_partial' | 'never';
  readonly secrets: readonly string[];
}
const group = (
  layout: ParameterGroup['layout'],
  write: DownCommand,
  read: DownCommand | null,
  readFirst: ParameterGroup['readFirst'],
  secrets: readonly string[] = [],
): ParameterGroup => ({ layout, write, read, readFirst, secrets });

/** Page §10 and §13. Firmware differs in how much of run2 it knows, so run2 is written back in the length that was read. */
const GROUPS: Readonly<Record<string, ParameterGroup>> = {
  run1: group(running1, '83', '90', 'when_partial'),
  run2: group(running2, '84', '91', 'always'),
  limits: group(limits, '85', '92', 'when_partial'),
  card: group(cardParameters, '86', '93', 'when_partial', ['userKeyHex', 'newCardKeyHex']),
  mute: group(mute, '97', null, 'never'),
  workMode: group(workMode, '8D', null, 'never'),
  tcMode: group(tcMode, '8F', null, 'never'),
};
const unsupported = (reason: string): CommandOutcome => ({ status: 'unsupported', reason });

export function parametersGet(name: string): Request | CommandOutcome {
  const found = GROUPS[name];
  if (found === undefined) return unsupported('unknown_parameter_group');
  if (found.read === null) return unsupported('parameter_group_not_readable');
  const judge = (frame: Ap3000Frame, isReply: boolean): Verdict =>
    isReply ? acked({ group: name, values: masked(found, frame.fields) }) : null;
  return request(found.read, {}, { judge });
}

export function parametersSet(name: string, given: CommandOf<'params.set'>['values']): Request | CommandOutcome {
  const found = GROUPS[name];
  if (found === undefined) return unsupported('unknown_parameter_group');
  const values = numbersOf(given, found);
  const isPartial = found.layout.fieldNames.some((field) => !(field in values));
  const readFirst = found.readFirst === 'always' || (found.readFirst === 'when_partial' && isPartial);
  return readFirst && found.read !== null
    ? readThenWrite({ ...found, read: found.read }, name, values)
    : write(found, name, values);
}

/** What was read keeps its bytes behind the known layout (`extraHex`) when it is written back. */
function readThenWrite(found: ParameterGroup & { readonly read: DownCommand }, name: string, values: Values): Request {
  const judge = (frame: Ap3000Frame, isReply: boolean): Verdict => {
    if (!isReply) return null;
    const missing = Object.keys(values).find((field) => !(field in frame.fields));
    if (missing !== undefined) return rejected(`parameter_not_in_firmware:${missing}`);
    return writeOrRefuse(found, name, { ...frame.fields, ...values });
  };
  return request(found.read, {}, { judge });
}
function writeOrRefuse(found: ParameterGroup, name: string, values: Values): Verdict {
  try {
    return write(found, name, values);
  } catch (error) {
    if (error instanceof RangeError) return { status: 'invalid', reason: error.message };
    throw error;
  }
}

const RESULT_TOKENS: Readonly<Partial<Record<DownCommand, Readonly<Record<number, string>>>>> = {
  '83': { 1: 'invalid_parameter' },
  '84': { 1: 'invalid_parameter' },
  '85': { 1: 'invalid_parameter' },
  '86': { 1: 'invalid_parameter' },
  '8D': { 1: 'not_supported_by_device' },
};
function write(found: ParameterGroup, name: string, values: Values): Request {
  const judge = (frame: Ap3000Frame, isReply: boolean): Verdict => {
    if (!isReply) return null;
    const result = resultOf(frame);
    if (result !== 0) return rejected(RESULT_TOKENS[found.write]?.[result] ?? failedToken(result));
    return acked({ group: name, values: masked(found, values) });
  };
  return request(found.write, values as never, { judge });
}

/** Results are kept and shown: keys of cards never get there. */
function masked(found: ParameterGroup, values: Values): Values {
  const isSecret = (field: string): boolean => found.secrets.includes(field);
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, isSecret(field) ? '***' : value]));
}

/** Throws RangeError for a name that the group does not have. Yes and no are 1 and 0 on the wire. */
function numbersOf(given: CommandOf<'params.set'>['values'], found: ParameterGroup): Values {
  const unknown = Object.keys(given).find((field) => !found.layout.fieldNames.includes(field));
  if (unknown !== undefined) throw new RangeError(`${unknown} is not a parameter of this group`);
  const wire = (value: number | string | boolean): number | string =>
    typeof value === 'boolean' ? Number(value) : value;
  return Object.fromEntries(Object.entries(given).map(([field, value]) => [field, wire(value)]));
}
