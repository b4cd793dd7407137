import { homeOf, readableGroups } from '@chargebus/domain';
import type { ParameterBearer, ParameterDefinition, ParameterValue } from '@chargebus/domain';
import type { DeviceDesk, OrderCause, OrderTimes } from '../devices/device-desk';

/** What a device told of its parameters: where it keeps one several times, once for each. */
export interface Reading {
  readonly values: ReadonlyMap<ParameterDefinition, readonly ParameterValue[]>;
  /** It did not answer at all; it may have answered to some groups before. */
  readonly silent: boolean;
  /** Every group that was asked for was told. */
  readonly complete: boolean;
}
const SILENT: ReadonlySet<string> = new Set(['no_reply', 'expired', 'dead', 'withdrawn', 'cancelled']);

/** Asks devices for their parameters, group by group. */
export class ParameterReader {
  constructor(private readonly desk: Pick<DeviceDesk, 'order'>) {}

  /**
   * What it has of these definitions, all of the dictionary when none are named. `purpose` tells several readings of one
   * cause apart. Stops at the first silence. Throws NotOverYet.
   */
  async read(
    cause: OrderCause,
    purpose: string,
    bearer: ParameterBearer,
    times: OrderTimes,
    definitions?: readonly ParameterDefinition[],
  ): Promise<Reading> {
    const values = new Map<ParameterDefinition, ParameterValue[]>();
    let complete = true;
    for (const { readGroup, definitions: members } of readableGroups(bearer, definitions)) {
      const command = { kind: 'params.get', group: readGroup } as const;
      const { status, result } = await this.desk.order(cause, `${purpose}:${readGroup}`, command, times);
      if (SILENT.has(status)) return { values, silent: true, complete: false };
      const told = result?.values;
      if (status !== 'acked' || typeof told !== 'object' || told === null) {
        complete = false;
        continue;
      }
      for (const definition of members) {
        const value = homeOf(definition, bearer)?.read(told as Record<string, unknown>) ?? null;
        if (value === null) complete = false;
        else values.set(definition, [...(values.get(definition) ?? []), value]);
      }
    }
    return { values, silent: false, complete };
  }
}
export const NOTHING_READ: Reading = { values: new Map(), silent: false, complete: false };
