import type { BkvTerms, DayTier, PowerTier } from './terms';
import type { Goal } from '../core/outlets';
import type { Jack, UpFrame } from './reports';
import type { Sockets } from './sockets';

/** What orders do with a gateway. */
export interface OrderTarget {
  /** The number of the order that now runs; 0: refused. */
  begin(jack: Jack, order: StartOrder): number;
  /** False: nothing to stop, or no such jack. */
  end(jack: Jack): boolean;
  readonly sockets: Sockets;
  /** Reports the socket, by itself or as the answer to this serial. */
  reportSocket(socketNo: number, serial: number): void;
  /** Null: no card waits with this number. */
  authorised(jack: Jack, businessNo: number, order: CardOrder | null): boolean;
  balanceTold(balanceFen: number): void;
  upgrade(location: string): void;
}
export interface StartOrder {
  readonly goal: Goal | null; // null: as long as the money lasts
  readonly amountFen: number;
  readonly bill: BkvTerms['bill'];
}
export interface CardOrder extends StartOrder {
  readonly modeCode: number;
}
/** Null: no reply. `then` happens after it. */
export type Outcome = (UpFrame & { readonly then?: () => void }) | null;
type Carry = (target: OrderTarget, fields: never, serial: number) => Outcome;

interface OrderFields extends Jack {
  readonly on: boolean;
  readonly modeCode: number;
  readonly durationMin: number;
  readonly energyWh: number;
}
interface TierFields extends Jack {
  readonly on: boolean;
  readonly amountFen: number;
  readonly tiers: readonly PowerTier[];
}
type CardFields = OrderFields & { readonly businessNo: number } & Partial<Pick<TierFields, 'amountFen' | 'tiers'>>;
interface FeeFields extends Jack {
  readonly on: boolean;
  readonly amountFen: number;
  readonly serviceFeeBy: 'time' | 'energy';
  readonly tiers: readonly DayTier[];
}

const ENERGY_ORDER = 0; // by 0x07; cards count their modes otherwise
const CARD_ENERGY = 2;
const CARD_TIERS = 3;
const ALL_SOCKETS = 254;

const quota = (byEnergy: boolean, { durationMin, energyWh }: OrderFields): Goal =>
  byEnergy ? { kind: 'energy', energyWh } : { kind: 'time', seconds: durationMin * 60 };

function startOrStop(target: OrderTarget, { socketNo, jack, on }: Jack & { readonly on: boolean }, order: StartOrder) {
  const place = { socketNo, jack };
  const businessNo = on ? target.begin(place, order) : 0;
  const ok = on ? businessNo !== 0 : target.end(place);
  return { ok, ...place, businessNo };
}
const startTiers =
  (command: string): Carry =>
  (target, fields: TierFields) => ({
    command,
    fields: startOrStop(target, fields, {
      goal: null,
      amountFen: fields.amountFen,
      bill: { kind: 'tiers', tiers: fields.tiers },
    }),
  });

/** Page §8: what the platform orders and what is replied. A status query is answered by a report. */
const ORDERS: Readonly<Record<string, Carry>> = {
  '0005/08': (target, { nodes }: { nodes: readonly Jack[] }) => {
    const socketNos = nodes.map(({ socketNo }) => socketNo);
    const ok = target.sockets.refresh(socketNos);
    const then = (): void => {
      if (ok) for (const no of socketNos) target.reportSocket(no, 0);
    };
    return { command: '0005/08', fields: { ok }, then };
  },
  '0005/09': (target, { socketNo }: Jack) => ({
    command: '0005/09',
    fields: { ok: target.sockets.add(socketNo) },
    then: () => {
      target.reportSocket(socketNo, 0);
    },
  }),
  '0005/0A': (target, { socketNo }: Jack) => ({ command: '0005/0A', fields: { ok: target.sockets.remove(socketNo) } }),
  '0005/17': startTiers('0005/17'),
  '0015/17': startTiers('0015/17'),
  '0007': (target, { host, port, fileName }: { host: string; port: number; fileName: string }) => ({
    command: '0007',
    fields: { payload: '01' },
    then: () => {
      target.upgrade(`ftp://${host}:${port}/${fileName}`);
    },
  }),
  '0015/07': (target, fields: OrderFields) => ({
    command: '0015/07',
    fields: startOrStop(target, fields, {
      goal: quota(fields.modeCode === ENERGY_ORDER, fields),
      amountFen: 0,
      bill: { kind: 'plain' },
    }),
  }),
  '0015/0B': (target, fields: CardFields) => {
    const { socketNo, jack, businessNo, on, modeCode, amountFen = 0, tiers = [] } = fields;
    const goal = modeCode === CARD_TIERS ? null : quota(modeCode === CARD_ENERGY, fields);
    const bill = { kind: 'card', cardNo: '', modeCode, tiers } as const;
    const ok = target.authorised({ socketNo, jack }, businessNo, on ? { goal, amountFen, modeCode, bill } : null);
    return { command: '0015/0F', fields: { socketNo, jack, ok } };
  },
  '0015/1A': (target, { balanceFen }: { balanceFen: number }) => {
    target.balanceTold(balanceFen);
    return null;
  },
  '0015/1B': (target, { socketNo, jack }: Jack) => ({
    command: '0015/1B',
    fields: { socketNo, jack, ok: socketNo === ALL_SOCKETS || target.sockets.has(socketNo) },
  }),
  '0015/1D': (target, { socketNo }: Jack, serial) => {
    if (target.sockets.has(socketNo)) target.reportSocket(socketNo, serial);
    return null;
  },
  '1000/1007': (target, fields: FeeFields) => {
    const { serviceFeeBy: by, tiers, amountFen } = fields;
    return {
      command: '1000/1007',
      fields: startOrStop(target, fields, { goal: null, amountFen, bill: { kind: 'fee', by, tiers } }),
    };
  },
  '1000/1011': (target, { socketNo, params }: Jack & { params?: Readonly<Record<string, unknown>> }) => {
    const ok = target.sockets.has(socketNo);
    if (ok) target.sockets.write(socketNo, params ?? {});
    return { command: '1000/1011', fields: { socketNo, ok } };
  },
  '1000/1012': (target, { socketNo }: Jack) => ({
    command: '1000/1012',
    fields: { socketNo, ok: target.sockets.has(socketNo), params: target.sockets.read(socketNo) },
  }),
};

export const isOrder = (command: string): boolean => command in ORDERS;
export const carryOut = (target: OrderTarget, command: string, fields: object, serial: number): Outcome =>
  ORDERS[command]?.(target, fields as never, serial) ?? null;
