import { partsOfLocation } from '@chargebus/domain';
import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { FieldsOf, UpCommand } from '../commands/command-table';
import { msToLocal, NO_CARD } from '../fields';
import type { YkcFrame } from '../frame';
import { billingFields } from '../meanings/billing';
import { balanceFailureOf, cardFailureOf, firmwareFailureOf, hexTokenOfResult } from '../tables/tokens';
import type { Link } from './link';
import { acked, frame, rejected, request } from './request-exchange';
import type { OutFrame, Request, Verdict } from './request-exchange';

/** Waits for one type of reply; null from `read`: it is somebody else's. */
function replyOf<C extends UpCommand>(command: C, read: (fields: FieldsOf<'up', C>) => Verdict) {
  return ({ command: came, fields }: YkcFrame): Verdict =>
    came === command ? read(fields as FieldsOf<'up', C>) : null;
}
const doneOn1 = ({ success }: { readonly success: number }): CommandOutcome =>
  success === 1 ? acked() : rejected(hexTokenOfResult(success));
const unsupported = (reason: string): CommandOutcome => ({ status: 'unsupported', reason });

/** No reply frame: the next 0x13 of each gun is the answer. */
export function statusQuery({ portNo }: CommandOf<'status.query'>, link: Link): Request | CommandOutcome {
  const { pile, deviceId: pileCode } = link;
  const waiting = new Set(portNo === undefined ? pile.gunNumbers : [portNo]);
  if (waiting.size === 0) return unsupported('guns_not_known');
  const seen: { readonly portNo: number; readonly status: number; readonly plugged: number }[] = [];
  const judge = replyOf('13', ({ gun, status, plugged }) => {
    if (!waiting.delete(gun)) return null;
    seen.push({ portNo: gun, status, plugged });
    return waiting.size === 0 ? acked({ ports: seen }) : null;
  });
  return request(
    [...waiting].map((gun) => frame('12', { pileCode, gun })),
    { judge },
  );
}

const WORK_GROUP = 'work';
/** No message asks for them: what was set last is the answer. */
export function parametersGet({ group }: CommandOf<'params.get'>, { pile: { notes } }: Link): CommandOutcome {
  if (group !== WORK_GROUP) return unsupported('unknown_parameter_group');
  return notes.workParams === null ? rejected('never_set') : acked({ group, values: notes.workParams });
}
const clampPower = (percent: number): number => Math.min(100, Math.max(30, percent));
/** 0x52 always carries both: what is not given stays as it was set last, else at work and 100 %. §9.2. */
export function parametersSet({ group, values }: CommandOf<'params.set'>, link: Link): Request | CommandOutcome {
  if (group !== WORK_GROUP) return unsupported('unknown_parameter_group');
  const unknown = Object.keys(values).find((name) => name !== 'stopUse' && name !== 'maxPowerPercent');
  if (unknown !== undefined) throw new RangeError(`${unknown} is not a parameter of this group`);
  const { pile, deviceId: pileCode } = link;
  const kept = pile.notes.workParams ?? { stopUse: 0, maxPowerPercent: 100 };
  const next = {
    stopUse: Number(values.stopUse ?? kept.stopUse),
    maxPowerPercent: clampPower(Number(values.maxPowerPercent ?? kept.maxPowerPercent)),
  };
  if (next.stopUse !== 0 && next.stopUse !== 1) throw new RangeError('stopUse is 0 or 1');
  const judge = replyOf('51', (reply) => {
    const outcome = doneOn1(reply);
    if (outcome.status !== 'acked') return outcome;
    pile.notes.workParams = next;
    return acked({ group, values: next });
  });
  return request([frame('52', { pileCode, ...next })], { judge });
}

const REBOOT_WAIT_MS = 120_000;
/** Accepted with 0x91; a pile that restarts at once may only be seen to go, or to log in anew. Never sent twice. */
export function reboot({ scope }: CommandOf<'device.reboot'>, { deviceId: pileCode }: Link): Request | CommandOutcome {
  if (scope !== 'device') return unsupported('reboot_scope');
  const judge = (reply: YkcFrame): Verdict => {
    if (reply.command === '01') return acked({ evidence: 'registration' });
    if (reply.command !== '91') return null;
    const outcome = doneOn1(reply.fields as FieldsOf<'up', '91'>);
    return outcome.status === 'acked' ? acked({ evidence: 'reply' }) : outcome;
  };
  const onClosed = (): CommandOutcome => acked({ evidence: 'connection_closed' });
  return request([frame('92', { pileCode, control: 1 })], { judge, onClosed, resends: 0, waitMs: REBOOT_WAIT_MS });
}

const UPDATE_TIMEOUT_MIN = 30;
/** FTP only. 0 is "accepted" with many piles: the version of the next log-in proves it (ADR 0072). */
export function firmware({ source }: CommandOf<'firmware.update'>, { deviceId: pileCode, pile }: Link): Request {
  if (source === undefined) throw new RangeError('the pile fetches its firmware: say where');
  if (!source.location.startsWith('ftp:')) throw new RangeError('the pile fetches its firmware by FTP');
  const { host, port, path } = partsOfLocation(source.location);
  const timeoutMinutes = source.timeoutMin ?? UPDATE_TIMEOUT_MIN;
  const update = frame('94', {
    pileCode,
    pileModel: pile.isAc === true ? 2 : 1,
    pilePowerKw: source.ratedPowerKw ?? 0,
    serverAddress: host,
    serverPort: port,
    user: source.user ?? 'anonymous',
    password: source.password ?? '',
    filePath: path,
    control: source.whenIdle === true ? 2 : 1,
    timeoutMinutes,
  });
  const judge = replyOf('93', ({ result }) =>
    result === 0 ? acked({ accepted: true }) : rejected(firmwareFailureOf(result)),
  );
  return request([update], { judge, resends: 0, waitMs: (timeoutMinutes + 5) * 60_000 });
}

export function timeSync(nowMs: number, { deviceId: pileCode, pile }: Link): Request {
  const judge = replyOf('55', ({ time }) => acked({ pileTime: time }));
  return request([frame('56', { pileCode, time: msToLocal(nowMs, pile.dialect.utcOffsetMin) })], { judge });
}

/** Only an idle pile takes a tariff. */
export function billingSet(
  command: CommandOf<'billing.set'>,
  { deviceId: pileCode, pile }: Link,
): Request | CommandOutcome {
  if (pile.gunNumbers.some((no) => pile.gun(no).runningTrade !== null)) return rejected('charging');
  const [sharp, peak, flat, valley] = command.rates;
  if (sharp === undefined || peak === undefined || flat === undefined || valley === undefined)
    throw new RangeError('four rates are needed');
  const model = { modelNo: command.modelNo, rates: [sharp, peak, flat, valley], slots: command.slots } as const;
  const judge = replyOf('57', (reply) => {
    const outcome = doneOn1(reply);
    if (outcome.status === 'acked') pile.notes.givenModel = model; // what it checks from now on
    return outcome;
  });
  return request([frame('58', billingFields(pileCode, model))], { judge });
}

/** With a card it is applied only while that card charges. */
export function balanceUpdate(
  { portNo, cardId, balanceFen }: CommandOf<'balance.update'>,
  { deviceId: pileCode }: Link,
): Request {
  const physicalCard = cardId === null ? NO_CARD : cardOf(cardId);
  const judge = replyOf('41', ({ result }) => (result === 0 ? acked() : rejected(balanceFailureOf(result))));
  return request([frame('42', { pileCode, gun: portNo, physicalCard, balanceYuan: balanceFen / 100 })], { judge });
}
/** Eight opaque bytes; shorter numbers stand right. */
function cardOf(text: string): string {
  if (!/^[0-9a-fA-F]{1,16}$/.test(text)) throw new RangeError(`card ${text.slice(0, 20)} is not up to 16 hex digits`);
  return text.toLowerCase().padStart(16, '0');
}

/** Batches that keep both frames within 200 bytes, §2.2. */
const WRITE_BATCH = 11;
const REMOVE_BATCH = 18;
const QUERY_BATCH = 21;
const batches = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

/** One batch after another; `read` gives an outcome to stop at, or null to go on. */
function inTurn(
  frames: readonly OutFrame[],
  reply: UpCommand,
  read: (fields: never) => CommandOutcome | null,
  done: () => CommandOutcome,
): Request {
  const [first, ...rest] = frames;
  const judge = ({ command, fields }: YkcFrame): Verdict => {
    if (command !== reply) return null;
    const end = read(fields as never);
    if (end !== null) return end;
    return rest.length === 0 ? done() : inTurn(rest, reply, read, done);
  };
  return request(first === undefined ? [] : [first], { judge });
}

export function cardsWrite({ cards }: CommandOf<'cards.write'>, { deviceId: pileCode }: Link): Request {
  const entries = cards.map(({ cardId, cardNumber }) => ({
    logicalCard: cardOf(cardNumber),
    physicalCard: cardOf(cardId),
  }));
  const frames = batches(entries, WRITE_BATCH).map((batch) =>
    frame('44', { pileCode, count: batch.length, cards: batch }),
  );
  const read = ({ success, failReason }: FieldsOf<'up', '43'>): CommandOutcome | null =>
    success === 1 ? null : rejected(cardFailureOf(failReason));
  return inTurn(frames, '43', read, () => acked({ written: cards.length }));
}

const named = (command: '46' | '48', pileCode: string, cardIds: readonly string[], size: number): OutFrame[] =>
  batches(
    cardIds.map((id) => ({ physicalCard: cardOf(id) })),
    size,
  ).map((batch) => frame(command, { pileCode, count: batch.length, cards: batch }));

/** The `cleared` byte decides: failure reason 2 means "cleared" in one row of the document. */
export function cardsRemove({ cardIds }: CommandOf<'cards.remove'>, { deviceId: pileCode }: Link): Request {
  const kept: string[] = [];
  const read = ({ cards }: FieldsOf<'up', '45'>): null => {
    kept.push(...cards.filter(({ cleared }) => cleared !== 1).map(({ physicalCard }) => physicalCard));
    return null;
  };
  return inTurn(named('46', pileCode, cardIds, REMOVE_BATCH), '45', read, () => acked({ notRemoved: kept }));
}
export function cardsQuery({ cardIds }: CommandOf<'cards.query'>, { deviceId: pileCode }: Link): Request {
  const stored: string[] = [];
  const read = ({ cards }: FieldsOf<'up', '47'>): null => {
    stored.push(...cards.filter(({ exists }) => exists === 1).map(({ physicalCard }) => physicalCard));
    return null;
  };
  return inTurn(named('48', pileCode, cardIds, QUERY_BATCH), '47', read, () => acked({ stored }));
}

const RAISE = 0x55;
const LOWER = 0xff;
/** Accepted with 0x63; that the arm moved comes with 0x61. */
export function lockMove({ portNo, raise }: CommandOf<'lock.move'>, { deviceId: pileCode }: Link): Request {
  const judge = replyOf('63', (reply) => (reply.gun === portNo ? doneOn1(reply) : null));
  return request([frame('62', { pileCode, gun: portNo, action: raise ? RAISE : LOWER, reserved: '00000000' })], {
    judge,
  });
}

const PREFIX_PILE_GUN = 1;
/** Vendor extension: prefix + pile code + gun. */
export function qrPrefix(
  { text, persistent }: CommandOf<'display.set_qr'>,
  { deviceId: pileCode, pile }: Link,
): Request | CommandOutcome {
  if (!persistent) return unsupported('qr_prefix_is_persistent');
  const fields = { pileCode, format: PREFIX_PILE_GUN, prefixLength: text.length, prefix: text };
  const judge = replyOf('F1', ({ result }) =>
    result === pile.dialect.qrSuccess ? acked() : rejected(hexTokenOfResult(result)),
  );
  return request([frame('F0', fields)], { judge });
}
