import { findParameter, isSameValue, PARAMETERS, planParameters, valueProblem } from '@chargebus/domain';
import type {
  ClientId,
  GroupWrite,
  ParameterBearer,
  ParameterDefinition,
  ParameterPlan,
  ParameterValue,
} from '@chargebus/domain';
import type { ChangeEnd, ChangeRecord, NamedValues, ParameterResult } from '@chargebus/persistence/fleet';
import { SetDeviceSettings } from '@chargebus/requests';
import type { DeviceSettings } from '@chargebus/requests';
import type { Bus } from '@chargebus/messaging';
import { isBroken, undo } from './change-undo';
import { chargingPorts } from '../devices/device-desk';
import type { DeviceDesk, KnownDevice, OrderCause, OrderTimes } from '../devices/device-desk';
import { NOTHING_READ } from './parameter-reader';
import type { ParameterReader, Reading } from './parameter-reader';
import { fateOf, knownAfter, outcomeOf, resultOf } from './reckoning';
import type { Findings, Written } from './reckoning';

/** What one look at a change came to. */
export type RunStep = { readonly end: ChangeEnd } | { readonly later: 'held' | 'waiting'; readonly inMs: number };

/** Twice what a device may take to answer, and a little. */
const TIMES: OrderTimes = { waitMs: 35_000, expiresInMs: 600_000 };
/** Events wake what waits; these only make up for one that was missed. */
const LOOK_AGAIN_MS = { held: 60_000, waiting: 60_000 };

/**
 * Carries a change out: reads, writes what differs, reads back, tells the platform, compares. Every order's id comes
 * from the change, so that a run that was cut off is simply run again and finds its orders done.
 */
export class ChangeRun {
  constructor(
    private readonly desk: DeviceDesk,
    private readonly reader: ParameterReader,
    private readonly bus: Pick<Bus, 'ask'>,
  ) {}

  /**
   * `overtaken`: parameters that later changes have set. `begin` is called before the device or the platform is
   * touched. Throws NotOverYet, and AppErrors of other apps.
   */
  async run(change: ChangeRecord, overtaken: ReadonlySet<string>, begin: () => Promise<void>): Promise<RunStep> {
    const { wanted, superseded } = divide(change.requested, overtaken);
    if (superseded.length > 0 && Object.keys(wanted).length === 0)
      return { end: ended('superseded', null, superseded) };
    const device = await this.desk.find({ tenantId: change.tenantId }, change.deviceId);
    const expired = Date.now() >= change.expiresAt.getTime();
    if (change.state === 'held' && chargingPorts(device).length > 0)
      return expired ? { end: ended('expired', 'not_idle') } : { later: 'held', inMs: LOOK_AGAIN_MS.held };
    const bearer = bearerOf(device);
    const { plan, refused } = planOf(wanted, bearer);
    if (plan.writes.length > 0 && !device.online)
      return expired ? { end: ended('expired', 'offline') } : { later: 'waiting', inMs: LOOK_AGAIN_MS.waiting };
    await begin();
    return { end: await this.carryOut(change, device, bearer, plan, [...refused, ...superseded]) };
  }

  private async carryOut(
    change: ChangeRecord,
    device: KnownDevice,
    bearer: ParameterBearer,
    plan: ParameterPlan,
    leftOut: readonly ParameterResult[],
  ): Promise<ChangeEnd> {
    const cause = causeOf(change);
    const touched = plan.placed.filter(({ onDevice }) => onDevice).map(({ definition }) => definition);
    const asked = change.backup && device.online ? PARAMETERS : touched;
    const before = await this.read(cause, 'before', bearer, asked);
    const settingsBefore = await this.desk.settings(change.tenantId, change.deviceId);
    const backup = change.backup ? snapshotOf(before, settingsBefore) : null;
    if (before.silent) return { ...ended('no_reply', null, unanswered(plan, leftOut)), backup };
    const written = await this.write(change, plan, before);
    const done = { plan, bearer, before, written };
    const undone = change.mode === 'strict' && isBroken(done) ? await undo(this.desk, cause, TIMES, done) : null;
    const settingsAfter = undone === null ? await this.keep(change, done, settingsBefore) : settingsBefore;
    const took = touched.filter((definition) =>
      written.some(({ write, status }) => status === 'acked' && write.names.includes(definition.name)),
    );
    const after = await this.read(cause, 'after', bearer, took);
    const found: Findings = { ...done, settingsBefore, undone, after, settingsAfter };
    const results = [...plan.placed.map((one) => resultOf(one, found)), ...leftOut];
    return {
      outcome: outcomeOf(results, undone !== null),
      reason: null,
      result: results,
      known: knownAfter(found, results),
      backup,
    };
  }

  private read(
    cause: OrderCause,
    purpose: string,
    bearer: ParameterBearer,
    definitions: readonly ParameterDefinition[],
  ): Promise<Reading> {
    return definitions.length === 0
      ? Promise.resolve(NOTHING_READ)
      : this.reader.read(cause, purpose, bearer, TIMES, definitions);
  }

  /** What is right already is not written: parameters lie in memories that wear out. Strict stops at the first refusal. */
  private async write(change: ChangeRecord, plan: ParameterPlan, before: Reading): Promise<readonly Written[]> {
    const written: Written[] = [];
    let stopped = false;
    for (const write of plan.writes) {
      if (isRight(write, plan, before)) {
        written.push({ write, status: 'not_needed', reason: null, result: null });
        continue;
      }
      if (stopped) {
        written.push({ write, status: 'not_tried', reason: 'not_tried', result: null });
        continue;
      }
      const command = { kind: 'params.set', group: write.group, values: write.values } as const;
      const { status, reason, result } = await this.desk.order(causeOf(change), `set:${write.group}`, command, TIMES);
      written.push({ write, status, reason, result });
      stopped = status !== 'acked' && (change.mode === 'strict' || status !== 'rejected');
    }
    return written;
  }

  /** The platform keeps to what the device took, and to what only the platform knows. */
  private async keep(
    change: ChangeRecord,
    { plan, bearer, written }: Pick<Findings, 'plan' | 'bearer' | 'written'>,
    settingsBefore: DeviceSettings,
  ): Promise<DeviceSettings> {
    const taken = plan.placed.filter(
      (one) => !one.onDevice || ['written', 'unchanged'].includes(fateOf(one, written, bearer).status),
    );
    const { settings } = planParameters(new Map(taken.map(({ definition, value }) => [definition, value])), bearer);
    if (Object.keys(settings).length === 0) return settingsBefore;
    const { voltageRangeV, ...others } = settings;
    const range =
      voltageRangeV === undefined ? {} : { voltageRangeV: voltageRangeV === null ? null : spread(voltageRangeV) };
    return this.bus.ask(SetDeviceSettings, {
      tenantId: change.tenantId,
      deviceId: change.deviceId,
      settings: { ...others, ...range },
    });
  }
}

const spread = ([low, high]: readonly [number, number]): [number, number] => [low, high];

export const bearerOf = ({ protocol, ports }: Pick<KnownDevice, 'protocol' | 'ports'>): ParameterBearer => ({
  protocol,
  portNos: ports.map(({ portNo }) => portNo),
});

/** Who gets what, in the order of the dictionary; and what neither it nor the device can have, with the reason. */
export function planOf(
  requested: NamedValues,
  bearer: ParameterBearer,
): { readonly plan: ParameterPlan; readonly refused: readonly ParameterResult[] } {
  const good = new Map<ParameterDefinition, ParameterValue | null>();
  const refused: ParameterResult[] = [];
  const refuse = (name: string, value: ParameterValue | null, reason: string): void => {
    refused.push({ name, requested: value, before: null, actual: null, outcome: 'unsupported', reason });
  };
  for (const [name, value] of inOrder(requested)) {
    const definition = findParameter(name);
    if (definition === undefined) refuse(name, value, 'unknown_parameter');
    else if (value !== null && valueProblem(definition, value) !== null) refuse(name, value, 'out_of_range');
    else good.set(definition, value);
  }
  const plan = planParameters(good, bearer);
  for (const { name, why } of plan.unsupported) refuse(name, requested[name] ?? null, why);
  return { plan, refused };
}

/** The database forgets in which order they were given. */
const inOrder = (values: NamedValues): readonly (readonly [string, ParameterValue | null])[] =>
  Object.entries(values).sort(([a], [b]) => placeOf(a) - placeOf(b));
const placeOf = (name: string): number => PARAMETERS.findIndex((one) => one.name === name);

/** What is still wanted, and what later changes have set. */
function divide(
  requested: NamedValues,
  overtaken: ReadonlySet<string>,
): { readonly wanted: NamedValues; readonly superseded: readonly ParameterResult[] } {
  const entries = Object.entries(requested);
  return {
    wanted: Object.fromEntries(entries.filter(([name]) => !overtaken.has(name))),
    superseded: entries
      .filter(([name]) => overtaken.has(name))
      .map(([name, value]) => ({
        ...{ name, requested: value, before: null, actual: null },
        ...{ outcome: 'superseded' as const, reason: null },
      })),
  };
}

const causeOf = (change: ChangeRecord): OrderCause => ({
  causeId: change.changeId,
  tenantId: change.tenantId,
  deviceId: change.deviceId,
  clientId: change.actor.clientId as ClientId | null,
});

function isRight({ names }: GroupWrite, { placed }: ParameterPlan, before: Reading): boolean {
  return placed
    .filter(({ definition }) => names.includes(definition.name))
    .every(({ definition, value }) => {
      const values = before.values.get(definition) ?? [];
      return values.length > 0 && values.every((one) => isSameValue(value, one));
    });
}

/** Everything that is known now: what the device told, and what the platform keeps to besides. */
export function snapshotOf(reading: Reading, settings: DeviceSettings): NamedValues {
  return Object.fromEntries(
    PARAMETERS.flatMap((definition): [string, ParameterValue | null][] => {
      const told = reading.values.get(definition)?.[0];
      if (told !== undefined) return [[definition.name, told]];
      return definition.platform === null ? [] : [[definition.name, definition.platform.read(settings)]];
    }),
  );
}

const ended = (
  outcome: ChangeEnd['outcome'],
  reason: string | null,
  result: readonly ParameterResult[] = [],
): ChangeEnd => ({ outcome, reason, result, known: [], backup: null });

const unanswered = (plan: ParameterPlan, leftOut: readonly ParameterResult[]): readonly ParameterResult[] => [
  ...plan.placed.map(({ definition, value }) => ({
    name: definition.name,
    requested: value,
    before: null,
    actual: null,
    outcome: 'unknown' as const,
    reason: 'no_reply',
  })),
  ...leftOut,
];
