import { planParameters } from '@chargebus/domain';
import type { ParameterBearer, ParameterDefinition, ParameterValue, PlacedParameter } from '@chargebus/domain';
import type { DeviceDesk, OrderCause, OrderTimes } from '../devices/device-desk';
import type { Reading } from './parameter-reader';
import { fateOf } from './reckoning';
import type { Findings, Written } from './reckoning';

type Done = Pick<Findings, 'plan' | 'bearer' | 'before' | 'written'>;

/** Whether a strict change cannot be had as a whole: the device refused a part of it, or did not answer. */
export const isBroken = ({ plan, bearer, written }: Done): boolean =>
  plan.placed.some((one) => one.onDevice && !['written', 'unchanged'].includes(fateOf(one, written, bearer).status));

/**
 * Writes back what the device had before, group by group, after it refused the rest of a strict change. What it never told
 * cannot be brought back. The definitions that it took again; throws NotOverYet.
 */
export async function undo(
  desk: Pick<DeviceDesk, 'order'>,
  cause: OrderCause,
  times: OrderTimes,
  done: Done,
): Promise<ReadonlySet<ParameterDefinition>> {
  const { plan, bearer, before, written } = done;
  if (!plan.placed.some((one) => one.onDevice && fateOf(one, written, bearer).status === 'written')) return new Set();
  const former = new Map<ParameterDefinition, ParameterValue>();
  for (const one of plan.placed) {
    const value = formerValue(one, before);
    if (value !== null && mayHaveChanged(one, written, bearer)) former.set(one.definition, value);
  }
  const back = planParameters(former, bearer);
  const failed = new Set<string>();
  for (const { group, values, names } of back.writes) {
    const command = { kind: 'params.set', group, values } as const;
    const { status } = await desk.order(cause, `undo:${group}`, command, times);
    if (status !== 'acked') for (const name of names) failed.add(name);
  }
  return new Set([...former.keys()].filter(({ name }) => !failed.has(name)));
}

const mayHaveChanged = (one: PlacedParameter, written: readonly Written[], bearer: ParameterBearer): boolean =>
  one.onDevice && ['written', 'unknown'].includes(fateOf(one, written, bearer).status);

/** Null: the device did not tell it, or has it several times and not the same everywhere. */
function formerValue({ definition }: PlacedParameter, before: Reading): ParameterValue | null {
  const [first, ...others] = before.values.get(definition) ?? [];
  return first !== undefined && others.every((other) => String(other) === String(first)) ? first : null;
}
