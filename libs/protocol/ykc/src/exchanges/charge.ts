import { toInstant } from '@chargebus/domain';
import type { CommandOf, CommandOutcome, OrderRef } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import { chargeReplied } from '@chargebus/protocol-core';
import type { FieldsOf } from '../commands/command-table';
import { NO_CARD } from '../fields';
import type { YkcFrame } from '../frame';
import { isRunning } from '../meanings/charge';
import { GUN_CHARGING, NOT_CHARGING, NOT_PLUGGED, startFailureOf, stopFailureOf } from '../tables/tokens';
import type { Link } from './link';
import { acked, frame, rejected, request } from './request-exchange';
import type { OutFrame, Request, Silence, Verdict } from './request-exchange';

const START_WAIT_MS = 90_000; // v1.6 §13.3
const PLUG_WAIT_MS = 60_000; // §8.4: a second 0x33 may follow
const STOP_WAIT_MS = 15_000;
const STOP_RESENDS = 2; // §9.2

interface Gun {
  readonly portNo: number;
  readonly orderRef: string;
}

export function chargeStart(command: CommandOf<'charge.start'>, link: Link): Request {
  const { pile, deviceId: pileCode } = link;
  const portNo = command.portNo ?? (pile.gunCount === 1 ? 1 : null);
  if (portNo === null) throw new RangeError('the pile does not choose a gun: name the port');
  const gun = { portNo, orderRef: command.orderRef };
  const fields = startFields(pileCode, gun, command.balanceFen, link);
  const { startExtraHex } = pile.dialect;
  const start = frame('34', startExtraHex === '' ? fields : { ...fields, extraHex: startExtraHex });
  // A number is never used for a second charge, so a repeat is not sent: silence ends with a stop (§9.2).
  return request([start], {
    resends: 0,
    waitMs: START_WAIT_MS,
    onStart: () => noteStart(gun, link),
    judge: (reply) => judgeStart(reply, gun, link),
    onSilence: (nowMs) => startSilence(gun, link, nowMs),
  });
}

function startFields(pileCode: string, { portNo, orderRef }: Gun, balanceFen: number | null, { pile }: Link) {
  if (!/^\d{32}$/.test(orderRef)) throw new RangeError('order reference is not 32 decimal digits');
  const balanceYuan = (balanceFen === null || balanceFen === 0 ? pile.dialect.creditFen : balanceFen) / 100;
  return { tradeNo: orderRef, pileCode, gun: portNo, logicalCard: NO_CARD, physicalCard: NO_CARD, balanceYuan };
}

function noteStart({ portNo, orderRef }: Gun, { pile, reissued }: Link): readonly ProtocolEvent[] {
  const repeated = reissued || pile.findOrder(orderRef) !== null;
  pile.noteOrder(orderRef, { source: 'platform', cardId: null, portNo, awaitsPlug: true, repeated });
  return [];
}

function judgeStart({ command, fields }: YkcFrame, { portNo, orderRef }: Gun, { pile }: Link): Verdict {
  if (command === '13') return judgeEvidence(fields as FieldsOf<'up', '13'>, orderRef);
  if (command !== '33' && command !== 'A3') return null;
  const { tradeNo, success, failReason } = fields as FieldsOf<'up', '33'>;
  if (tradeNo !== orderRef) return null;
  const order = pile.findOrder(orderRef);
  if (success === 1) return acked({ portNo, unproven: true });
  if (failReason === NOT_PLUGGED) return { keepWaitingMs: PLUG_WAIT_MS };
  if (failReason === GUN_CHARGING && isRunning(order?.repeated, pile.gun(portNo).runningTrade, orderRef))
    return acked({ portNo, alreadyDone: true });
  return rejected(startFailureOf(failReason));
}
/** The reply was lost, but the gun runs our order. */
const judgeEvidence = ({ tradeNo, status, gun }: FieldsOf<'up', '13'>, orderRef: string): Verdict =>
  tradeNo === orderRef && status === 3 ? acked({ portNo: gun, evidence: 'realtime' }) : null;

/** "Not plugged in" was the last word, or there was none: then the order may run, and is stopped to be safe. */
function startSilence({ portNo, orderRef }: Gun, link: Link, nowMs: number): Silence {
  const { pile, deviceId } = link;
  const order = pile.findOrder(orderRef);
  if (order !== null) order.awaitsPlug = false;
  const wasAnswered = pile.gun(portNo).unpluggedTrade === orderRef;
  if (!wasAnswered) return { outcome: { status: 'no_reply' }, send: [stopFrame(portNo, link)] };
  const reason = startFailureOf(NOT_PLUGGED);
  const replied = chargeReplied({
    id: `${deviceId}:33:unplugged:${orderRef}`,
    deviceId,
    at: toInstant(nowMs),
    portNo,
    orderRef: orderRef as OrderRef,
    action: 'start',
    executed: false,
    reason,
  });
  return { outcome: rejected(reason), facts: [replied] };
}

/** §8.1: the only thing that the version in the log-in decides. */
const PARALLEL_SINCE = 1.6;
/** §5.4: one 0xA4 per gun with the same group number; any refusal fails all, and who said yes is stopped. */
export function parallelStart(
  { guns, balanceFen }: CommandOf<'charge.start_parallel'>,
  link: Link,
): Request | CommandOutcome {
  const { deviceId: pileCode, pile } = link;
  if (pile.protocolVersion !== null && pile.protocolVersion < PARALLEL_SINCE)
    return { status: 'unsupported', reason: 'parallel_needs_1_6' };
  const numbers = guns.map(({ portNo }) => portNo);
  if (new Set(numbers).size !== numbers.length) throw new RangeError('a gun is named twice');
  // Made of the first order, so that a repeat is the same group; twelve digits are all that it must be.
  const parallelNo = guns[0]?.orderRef.slice(-12) ?? '';
  const frames = guns.map((gun) => frame('A4', { ...startFields(pileCode, gun, balanceFen, link), parallelNo }));
  const waiting = new Map(guns.map((gun) => [gun.orderRef as string, gun]));
  const started: number[] = [];
  const failures: string[] = [];
  const judge = (reply: YkcFrame): Verdict => {
    if (reply.command !== 'A3') return null;
    const { tradeNo, success, failReason } = reply.fields as FieldsOf<'up', 'A3'>;
    const gun = waiting.get(tradeNo);
    if (gun === undefined) return null;
    if (success !== 1 && failReason === NOT_PLUGGED) return { keepWaitingMs: PLUG_WAIT_MS };
    waiting.delete(tradeNo);
    if (success === 1) started.push(gun.portNo);
    else failures.push(startFailureOf(failReason));
    if (waiting.size > 0) return null;
    return failures.length === 0
      ? acked({ portNos: started })
      : stopAll(started, rejected(failures[0] ?? 'failed'), link);
  };
  const onStart = (): readonly ProtocolEvent[] => guns.flatMap((gun) => noteStart(gun, link));
  const onSilence = (nowMs: number): Silence => {
    const silences = [...waiting.values()].map((gun) => startSilence(gun, link, nowMs));
    const [unplugged] = silences.filter(({ facts = [] }) => facts.length > 0);
    return {
      outcome: (unplugged ?? silences[0])?.outcome ?? { status: 'no_reply' },
      send: [...silences.flatMap(({ send = [] }) => send), ...started.map((no) => stopFrame(no, link))],
      facts: silences.flatMap(({ facts = [] }) => facts),
    };
  };
  return request(frames, { resends: 0, waitMs: START_WAIT_MS, judge, onStart, onSilence });
}
const stopFrame = (portNo: number, { deviceId }: Link): OutFrame => frame('36', { pileCode: deviceId, gun: portNo });

/** Stops what should not have begun; the outcome stays the refusal that was the reason. */
function stopAll(portNos: readonly number[], outcome: CommandOutcome, link: Link): Verdict {
  if (portNos.length === 0) return outcome;
  const waiting = new Set(portNos);
  const judge = ({ command, fields }: YkcFrame): Verdict => {
    if (command !== '35') return null;
    waiting.delete((fields as FieldsOf<'up', '35'>).gun);
    return waiting.size === 0 ? outcome : null;
  };
  const frames = portNos.map((portNo) => stopFrame(portNo, link));
  return request(frames, { waitMs: STOP_WAIT_MS, judge, onSilence: () => ({ outcome }) });
}

/** 0x36 names the gun only, so the order that runs there must be the one that is meant. */
export function chargeStop({ portNo, orderRef }: CommandOf<'charge.stop'>, link: Link): Request | CommandOutcome {
  const { pile } = link;
  const known =
    pile.findOrder(orderRef)?.portNo ?? pile.gunNumbers.find((no) => pile.gun(no).runningTrade === orderRef);
  const gunNo = portNo ?? known ?? (pile.gunCount === 1 ? 1 : null);
  if (gunNo === null) throw new RangeError('0x36 needs a gun: name the port');
  const gun = pile.gun(gunNo);
  if (gun.runningTrade !== null && gun.runningTrade !== orderRef) return rejected('other_order_running');
  gun.stoppingTrade = orderRef;
  const wasRunning = gun.runningTrade === orderRef;
  const judge = ({ command, fields }: YkcFrame): Verdict => {
    // The reply was lost, but the order that ran does not run any more.
    if (command === '13' && (fields as FieldsOf<'up', '13'>).gun === gunNo && wasRunning && gun.runningTrade === null)
      return acked({ portNo: gunNo, evidence: 'realtime' });
    if (command !== '35') return null;
    const reply = fields as FieldsOf<'up', '35'>;
    if (reply.gun !== gunNo) return null;
    if (reply.success === 1) return acked({ portNo: gunNo });
    return reply.failReason === NOT_CHARGING
      ? acked({ portNo: gunNo, alreadyDone: true })
      : rejected(stopFailureOf(reply.failReason));
  };
  return request([stopFrame(gunNo, link)], { waitMs: STOP_WAIT_MS, resends: STOP_RESENDS, judge });
}
