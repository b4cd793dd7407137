/** A frame to the platform without its envelope. */
export interface UpFrame {
  readonly command: string;
  readonly fields: Readonly<Record<string, unknown>>;
}
/** What orders do with a pile. */
export interface UpgradeOrder {
  readonly serverAddress: string;
  readonly serverPort: number;
  readonly user: string;
  readonly password: string;
  readonly filePath: string;
}
export interface OrderTarget {
  start(order: StartOrder): StartVerdict;
  /** False: nothing runs there. */
  stop(gun: number): boolean;
  reportGun(gun: number): void;
  setTariff(fields: Readonly<Record<string, unknown>>): boolean;
  setWork(work: { readonly stopUse: number; readonly maxPowerPercent: number }): void;
  cards: Set<string>;
  moveLock(gun: number, action: number): boolean;
  setClock(local: string): void;
  now(): string;
  reboot(): void;
  upgrade(order: UpgradeOrder): void;
}
export interface StartOrder {
  readonly tradeNo: string;
  readonly gun: number;
  readonly physicalCard: string;
  readonly balanceYuan: number;
}
/** `waits`: the plug is missing, and a second reply follows when it comes. */
export interface StartVerdict {
  readonly success: number;
  readonly failReason: number;
}
export type Outcome = (UpFrame & { readonly then?: () => void }) | null;
type Carry = (target: OrderTarget, fields: never) => Outcome;

interface CardNames {
  readonly cards: readonly { readonly physicalCard: string }[];
}
const SUCCESS = { success: 1 } as const;
const done = (command: string, fields: UpFrame['fields'] = SUCCESS): Outcome => ({ command, fields });

/** Page §6: what the platform orders and what is replied; every reply also names the pile. */
const ORDERS: Readonly<Record<string, Carry>> = {
  '12': (target, { gun }: { gun: number }) => {
    target.reportGun(gun);
    return null;
  },
  '34': (target, order: StartOrder) => {
    const { tradeNo, gun } = order;
    return done('33', { tradeNo, gun, ...target.start(order) });
  },
  A4: (target, order: StartOrder & { parallelNo: string }) => {
    const { tradeNo, gun, parallelNo } = order;
    return done('A3', { tradeNo, gun, ...target.start(order), gunRole: gun === 1 ? 0 : 1, parallelNo });
  },
  '36': (target, { gun }: { gun: number }) => {
    const stopped = target.stop(gun);
    return done('35', { gun, success: stopped ? 1 : 0, failReason: stopped ? 0 : 2 });
  },
  '42': (_target, { physicalCard }: { physicalCard: string }) => done('41', { physicalCard, result: 0 }),
  '44': (target, { cards }: CardNames) => {
    for (const { physicalCard } of cards) target.cards.add(physicalCard);
    return done('43', { success: 1, failReason: 0 });
  },
  '46': (target, { cards }: CardNames) =>
    done('45', {
      cards: cards.map(({ physicalCard }) => {
        const known = target.cards.delete(physicalCard);
        return { physicalCard, cleared: known ? 1 : 0, failReason: known ? 0 : 1 };
      }),
    }),
  '48': (target, { cards }: CardNames) =>
    done('47', {
      cards: cards.map(({ physicalCard }) => ({ physicalCard, exists: target.cards.has(physicalCard) ? 1 : 0 })),
    }),
  '52': (target, work: { stopUse: number; maxPowerPercent: number }) => {
    target.setWork(work);
    return done('51');
  },
  '56': (target, { time }: { time: string }) => {
    target.setClock(time);
    return done('55', { time: target.now() });
  },
  '58': (target, fields: Readonly<Record<string, unknown>>) =>
    done('57', { success: target.setTariff(fields) ? 1 : 0 }),
  '62': (target, { gun, action }: { gun: number; action: number }) =>
    done('63', { gun, success: target.moveLock(gun, action) ? 1 : 0, reserved: '00000000' }),
  '92': (target) => ({
    ...SAYS_YES_91,
    then: () => {
      target.reboot();
    },
  }),
  '94': (target, order: UpgradeOrder) => ({
    command: '93',
    fields: { result: 0 },
    then: () => {
      target.upgrade(order);
    },
  }),
  F0: () => done('F1', { result: 1 }),
};
const SAYS_YES_91: UpFrame = { command: '91', fields: SUCCESS };

export const isOrder = (command: string): boolean => command in ORDERS;
export const carryOut = (target: OrderTarget, command: string, fields: object): Outcome =>
  ORDERS[command]?.(target, fields as never) ?? null;
