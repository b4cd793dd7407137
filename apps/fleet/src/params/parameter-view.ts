import { toInstant } from '@chargebus/domain';
import type { ParameterValue } from '@chargebus/domain';
import type { ChangeRecord, NamedValues, VersionRecord } from '@chargebus/persistence/fleet';
import type { ParameterChangeView, ParameterVersionView } from '@chargebus/requests';

const instant = (at: Date): string => toInstant(at.getTime());
type WireValue = number | [number, number] | null;
/** A range as an array that is its own. */
export const toWireValue = (value: ParameterValue | null): WireValue =>
  typeof value === 'object' && value !== null ? [value[0], value[1]] : value;
export const toWireValues = (values: NamedValues): Record<string, WireValue> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, toWireValue(value)]));

export const toChangeView = (change: ChangeRecord): ParameterChangeView => ({
  changeId: change.changeId,
  deviceId: change.deviceId,
  state: change.state,
  outcome: change.outcome,
  reason: change.reason,
  source: change.source,
  actor: change.actor,
  note: change.note,
  jobId: change.jobId,
  requested: toWireValues(change.requested),
  parameters:
    change.result?.map((one) => ({
      ...one,
      requested: toWireValue(one.requested),
      before: toWireValue(one.before),
      actual: toWireValue(one.actual),
    })) ?? null,
  version: change.version,
  createdAt: instant(change.createdAt),
  expiresAt: instant(change.expiresAt),
  finishedAt: change.finishedAt === null ? null : instant(change.finishedAt),
});

export const toVersionView = (version: VersionRecord): ParameterVersionView => ({
  ...version,
  changes: version.changes.map(({ name, before, after }) => ({
    name,
    before: toWireValue(before),
    after: toWireValue(after),
  })),
  values: toWireValues(version.values),
  createdAt: instant(version.createdAt),
});
