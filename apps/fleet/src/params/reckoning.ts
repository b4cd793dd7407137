import { homeOf, isSameValue } from '@chargebus/domain';
import type {
  ChangeOutcome,
  GroupWrite,
  ParameterBearer,
  ParameterDefinition,
  ParameterPlan,
  ParameterValue,
  PlacedParameter,
  PlatformSettings,
} from '@chargebus/domain';
import type { ChangeEnd, KnownValue, ParameterResult } from '@chargebus/persistence/fleet';
import type { CommandView } from '@chargebus/requests';
import type { Reading } from './parameter-reader';

/** What came of writing one group. */
export interface Written {
  readonly write: GroupWrite;
  readonly status: CommandView['status'] | 'not_needed' | 'not_tried';
  readonly reason: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
}

/** Everything that one run of a change found out. */
export interface Findings {
  readonly plan: ParameterPlan;
  readonly bearer: ParameterBearer;
  readonly before: Reading;
  readonly settingsBefore: PlatformSettings;
  readonly written: readonly Written[];
  /** What was written back because the rest of a strict change could not be had; null: nothing had to be. */
  readonly undone: ReadonlySet<ParameterDefinition> | null;
  readonly after: Reading;
  readonly settingsAfter: PlatformSettings;
}

type Fate =
  | { readonly status: 'written' | 'unchanged' | 'not_tried' }
  | { readonly status: 'rejected' | 'unknown'; readonly reason: string };

/** What became of a parameter on the device, over all groups that hold it: the worst of them. */
export function fateOf(one: PlacedParameter, written: readonly Written[], bearer: ParameterBearer): Fate {
  const mine = written.filter(({ write }) => write.names.includes(one.definition.name));
  const fates = mine.map((group) => fateIn(group, homeOf(one.definition, bearer)?.keys ?? []));
  return (
    fates.find(({ status }) => status === 'unknown') ??
    fates.find(({ status }) => status === 'rejected') ??
    fates.find(({ status }) => status === 'not_tried') ??
    fates.find(({ status }) => status === 'written') ?? { status: 'unchanged' }
  );
}

const TAKEN: ReadonlySet<string> = new Set(['accepted', 'reboot_required']);
/** Stations answer key by key; other devices to the group as a whole. */
function fateIn({ status, reason, result }: Written, keys: readonly string[]): Fate {
  if (status === 'not_needed') return { status: 'unchanged' };
  if (status === 'not_tried') return { status };
  if (status === 'rejected') return { status: 'rejected', reason: reason ?? 'rejected' };
  if (status !== 'acked') return { status: 'unknown', reason: reason ?? status };
  const answers = result?.results as Readonly<Record<string, string>> | undefined;
  const refused = keys.map((key) => answers?.[key]).find((answer) => answer !== undefined && !TAKEN.has(answer));
  return refused === undefined ? { status: 'written' } : { status: 'rejected', reason: refused };
}

/** The value of several places that tells most: one that is not as it should be, else any. */
function telling(wanted: ParameterValue | null, values: readonly ParameterValue[] | undefined): ParameterValue | null {
  return values?.find((value) => !isSameValue(wanted, value)) ?? values?.[0] ?? null;
}

export function resultOf(one: PlacedParameter, found: Findings): ParameterResult {
  return one.onDevice ? resultOnDevice(one, found) : resultOnPlatform(one, found);
}

function resultOnPlatform({ definition, value }: PlacedParameter, found: Findings): ParameterResult {
  const before = definition.platform?.read(found.settingsBefore) ?? null;
  const actual = definition.platform?.read(found.settingsAfter) ?? null;
  const missed = found.undone === null ? 'mismatch' : 'not_tried';
  const outcome = isSameValue(value, before) ? 'unchanged' : isSameValue(value, actual) ? 'applied' : missed;
  // The protocol has the parameter, and the device keeps what it had: this value is beyond what it can hold.
  const reason = value !== null && homeOf(definition, found.bearer) !== undefined ? 'platform_only' : null;
  return { name: definition.name, requested: value, before, actual, outcome, reason };
}

function resultOnDevice(one: PlacedParameter, found: Findings): ParameterResult {
  const { definition, value } = one;
  const { platform } = definition;
  const before = telling(value, found.before.values.get(definition));
  const common = { name: definition.name, requested: value, before };
  const fate = fateOf(one, found.written, found.bearer);
  if (found.undone?.has(definition) === true || (found.undone !== null && fate.status === 'written'))
    return { ...common, ...broughtBack(one, found) };
  if (fate.status === 'not_tried') return { ...common, actual: before, outcome: 'not_tried', reason: null };
  if (fate.status === 'rejected' || fate.status === 'unknown')
    return { ...common, actual: before, outcome: fate.status, reason: fate.reason };
  if (fate.status === 'unchanged') {
    const kept = platform?.read(found.settingsBefore) ?? null;
    const settled = platform === null || isSameValue(kept, platform.read(found.settingsAfter));
    return settled
      ? { ...common, actual: before, outcome: 'unchanged', reason: null }
      : { ...common, before: kept, actual: before, outcome: 'applied', reason: null }; // for the platform it was another one
  }
  const actual = telling(value, found.after.values.get(definition));
  if (actual === null) return { ...common, actual, outcome: 'applied', reason: 'not_read_back' };
  return isSameValue(value, actual)
    ? { ...common, actual, outcome: 'applied', reason: null }
    : { ...common, actual, outcome: 'mismatch', reason: 'read_back_differs' };
}

/** What was written and could not stay: whether the device has again what it had. */
function broughtBack(
  { definition }: PlacedParameter,
  { undone, before, after }: Findings,
): Pick<ParameterResult, 'actual' | 'outcome' | 'reason'> {
  const former = before.values.get(definition)?.[0] ?? null;
  const told = telling(former, after.values.get(definition));
  const taken = undone?.has(definition) === true;
  return taken && (told === null || isSameValue(former, told))
    ? { actual: former, outcome: 'undone', reason: told === null ? 'not_read_back' : null }
    : { actual: told, outcome: 'applied', reason: 'not_undone' };
}

/** How the change as a whole ended; a strict one that could not be had is partial only where something of it stayed. */
export function outcomeOf(results: readonly ParameterResult[], isUndone: boolean): ChangeOutcome {
  const has = (...outcomes: readonly ParameterResult['outcome'][]): boolean =>
    results.some(({ outcome }) => outcomes.includes(outcome));
  if (has('mismatch')) return 'mismatch';
  const good = has('applied') || (!isUndone && has('unchanged'));
  if (has('unknown')) return good ? 'partial' : 'no_reply';
  if (has('rejected', 'unsupported', 'undone')) return good ? 'partial' : 'rejected';
  return 'applied';
}

/** What is known since: what the device told, what it took without telling, what the platform keeps to. */
export function knownAfter(found: Findings, results: readonly ParameterResult[]): ChangeEnd['known'] {
  const known = new Map<string, Omit<KnownValue, 'knownAt'>>();
  const learn = (name: string, value: ParameterValue | null, source: KnownValue['source']): void => {
    known.set(name, { name, value, source });
  };
  const read = new Map<ParameterDefinition, readonly ParameterValue[]>([...found.before.values, ...found.after.values]);
  for (const [definition, values] of read) learn(definition.name, values[0] ?? null, 'device');
  for (const { definition, onDevice, value } of found.plan.placed) {
    const result = results.find(({ name }) => name === definition.name);
    if (!onDevice) learn(definition.name, result?.actual ?? null, 'platform');
    else if (result?.outcome === 'applied' && result.actual === null) learn(definition.name, value, 'written');
    else if (result?.actual != null) learn(definition.name, result.actual, 'device');
  }
  return [...known.values()];
}
