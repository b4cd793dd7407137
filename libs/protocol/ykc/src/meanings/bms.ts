import type { Reception } from '@chargebus/protocol-core';
import type { UpCommand } from '../commands/command-table';
import { NEVER, NO_MEANING } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import type { GunMemory, PileMemory } from '../connection/pile-memory';
import { toToken } from '../tables/hardware-faults';
import { changeFaults } from './faults';

type Phase = '15' | '17' | '1D' | '21' | '25';
const PHASE_NAMES: Readonly<Partial<Record<UpCommand, string>>> = {
  '15': 'handshake',
  '17': 'configuration',
  '19': 'statistics',
  '1D': 'bmsStop',
  '21': 'chargerStop',
  '23': 'demand',
  '25': 'information',
};

/** What belongs to one order on one gun, for its settlement. */
export function bmsOf(pile: PileMemory, portNo: number, tradeNo: string): GunMemory | null {
  const gun = pile.gun(portNo);
  return gun.bmsTrade === tradeNo ? gun : null;
}

interface Heading {
  readonly tradeNo: string;
  readonly pileCode: string;
  readonly gun: number;
}
const HEADING: ReadonlySet<string> = new Set(['tradeNo', 'pileCode', 'gun', 'extraHex']);
function withoutHeading(fields: Heading): Readonly<Record<string, unknown>> {
  const all: Readonly<Record<string, unknown>> = { ...fields };
  const said: Record<string, unknown> = {};
  for (const name in all) if (!HEADING.has(name)) said[name] = all[name];
  return said;
}

/** Vehicle and battery have no facts of their own: what they said goes with the settlement as `bms`. */
function keep(fields: Heading, incoming: Incoming): GunMemory {
  const { tradeNo, gun: portNo } = fields;
  const said = withoutHeading(fields);
  const gun = incoming.pile.gun(portNo);
  if (gun.bmsTrade !== tradeNo) {
    gun.bms = {};
    gun.demandSoc = null;
    gun.bmsTrade = tradeNo;
  }
  gun.bms = { ...gun.bms, [PHASE_NAMES[incoming.command as UpCommand] ?? incoming.command]: said };
  return gun;
}

export const meansBmsPhase: Meaning<Phase> = (fields, incoming) => {
  keep(fields, incoming);
  return NO_MEANING;
};
export const meansBmsEnd: Meaning<'19'> = (fields, incoming) => {
  keep(fields, incoming).demandSoc = fields.endSoc;
  return NO_MEANING;
};
/** Its state of charge goes with the next 0x13 that has none. */
export const meansDemand: Meaning<'23'> = (fields, incoming) => {
  keep(fields, incoming).demandSoc = fields.soc;
  return NO_MEANING;
};

/** One fault per member that is not 0; they end with the order. */
export const meansBmsError: Meaning<'1B'> = (fields, incoming): Reception => {
  const { tradeNo, gun: portNo } = fields;
  const members = withoutHeading(fields);
  if (portNo === 0) return NO_MEANING;
  const tokens = Object.entries(members)
    .filter(([, state]) => state !== 0)
    .map(([name]) => `bms_${toToken(name)}`);
  return { facts: changeFaults(incoming, portNo, 'bms', tokens, { tradeNo, ...members }), answer: NEVER };
};
