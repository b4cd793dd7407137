import type { Turn } from '../../connection/ask';
import { formatAddress, parseAddress } from '../device-model/address';
import { inBatches } from '../device-model/batches';
import { LIMIT_ADDRESSES } from '../device-model/settings';
import type { PlatformRequest } from '../messages';
import { toToken } from '../../connection/ask';
import { call } from './call';
import type { Link } from './call';

type ItemToGet = PlatformRequest<'GetVariables'>['getVariableData'][number];
type ItemToSet = PlatformRequest<'SetVariables'>['setVariableData'][number];

/** What became of one variable. Keyed by the address as it was asked for. */
export interface VariableResult {
  readonly status: string; // the station's word: `accepted`, `unknown_variable`, `reboot_required` …
  readonly value: string | null;
}
export type VariableResults = ReadonlyMap<string, VariableResult>;
type Then = (results: VariableResults) => Turn;

/** Reads variables, in as many CALLs as the station wants. */
export function getVariables(addresses: readonly string[], link: Link, then: Then): Turn {
  const items = addresses.map(toGet);
  return afterLimits(items.length, link, () => getBatches(inBatches(items, link.station.getLimits), new Map(), then));
}
export function setVariables(values: ReadonlyMap<string, string>, link: Link, then: Then): Turn {
  const items = [...values].map(([address, value]) => toSet(address, value));
  return afterLimits(items.length, link, () => setBatches(inBatches(items, link.station.setLimits), new Map(), then));
}

/** One variable fits always; for more, the station is asked once per connection how many. */
function afterLimits(count: number, { station }: Link, then: () => Turn): Turn {
  if (count <= 1 || station.limitsAsked) return then();
  const items = Object.values(LIMIT_ADDRESSES).map(toGet);
  return getBatches([items], new Map(), (results) => {
    const limit = (address: string): number | null => {
      const value = Number(results.get(address)?.value ?? NaN);
      return Number.isInteger(value) && value > 0 ? value : null;
    };
    station.noteLimits(
      { items: limit(LIMIT_ADDRESSES.getItems), bytes: limit(LIMIT_ADDRESSES.getBytes) },
      { items: limit(LIMIT_ADDRESSES.setItems), bytes: limit(LIMIT_ADDRESSES.setBytes) },
    );
    return then();
  });
}

function getBatches(batches: readonly ItemToGet[][], so: VariableResults, then: Then): Turn {
  const [batch, ...rest] = batches;
  if (batch === undefined) return then(so);
  return call(
    'GetVariables',
    { getVariableData: batch },
    {
      judge: ({ getVariableResult }) => {
        const found = new Map(so);
        for (const { component, variable, attributeType, attributeStatus, attributeValue } of getVariableResult)
          note(found, batch, formatAddress(component, variable, attributeType), attributeStatus, attributeValue);
        return getBatches(rest, found, then);
      },
    },
  );
}

function setBatches(batches: readonly ItemToSet[][], so: VariableResults, then: Then): Turn {
  const [batch, ...rest] = batches;
  if (batch === undefined) return then(so);
  return call(
    'SetVariables',
    { setVariableData: batch },
    {
      judge: ({ setVariableResult }) => {
        const found = new Map(so);
        for (const { component, variable, attributeType, attributeStatus } of setVariableResult)
          note(found, batch, formatAddress(component, variable, attributeType), attributeStatus, undefined);
        return setBatches(rest, found, then);
      },
    },
  );
}

/** Names are case-insensitive, and stations write them their own way: the result is kept under the name that we used. */
function note(
  found: Map<string, VariableResult>,
  batch: readonly (ItemToGet | ItemToSet)[],
  echoed: string,
  status: string,
  value: string | undefined,
): void {
  const ours = batch
    .map(({ component, variable, attributeType }) => formatAddress(component, variable, attributeType))
    .find((address) => address.toLowerCase() === echoed.toLowerCase());
  found.set(ours ?? echoed, { status: toToken(status), value: value ?? null });
}

function toGet(address: string): ItemToGet {
  const { component, variable, attribute } = parseAddress(address);
  return { component, variable, ...(attribute !== null && { attributeType: attribute }) };
}
const MAX_VALUE_CHARS = 1_000;
function toSet(address: string, attributeValue: string): ItemToSet {
  if (attributeValue.length > MAX_VALUE_CHARS) throw new RangeError(`${address} is longer than 1,000 characters`);
  return { ...toGet(address), attributeValue };
}
