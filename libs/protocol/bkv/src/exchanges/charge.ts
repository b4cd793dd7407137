import { toInstant } from '@chargebus/domain';
import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import { chargeReplied } from '@chargebus/protocol-core';
import type { Exchange } from '@chargebus/protocol-core';
import type { SentOrder } from '../connection/order-memory';
import type { BkvFrame } from '../frame';
import { refusal } from '../meanings/orders';
import { isSettlement } from '../meanings/rejection';
import { ORDER_MODE_CODE, SERVICE_FEE_MODE_CODE } from '../tables/charge-modes';
import { jackStateOf } from '../tables/jack-status';
import { toJack, toPortNo } from '../tables/ports';
import type { Jack } from '../tables/ports';
import type { Link } from './link';
import { acked, rejected, request } from './request-exchange';
import type { Request, Verdict } from './request-exchange';
import { reportOf, socketQuery } from './status';

type Start = CommandOf<'charge.start'>;
const MAX_MINUTES = 900;
const LAST_MINUTE = '23:59';

/**
 * A start is sent once: whether it was carried out when no answer comes is asked for, never tried again (page §8).
 * One that may have gone out before begins with that question.
 */
export function chargeStart(command: Start, link: Link): Request | Exchange<BkvFrame> {
  const { device } = link;
  const jack = toJack(command.portNo);
  const portNo = 2 * jack.socketNo + jack.jack - 1;
  const sent: SentOrder = { action: 'start', orderRef: command.orderRef, portNo, ...modeFor(command) };
  const start = startRequest(command, jack, sent, link);
  if (link.reissued) {
    device.orders.await(sent);
    return whetherRunning(sent, jack, link, (state) => (state === 'idle' ? start : rejected(`port_${state}`)));
  }
  const status = device.statuses.get(portNo);
  const state = status === undefined ? 'idle' : jackStateOf(status);
  return state === 'idle' ? start : new RefusedStart(link, sent, `port_${state}`);
}

function startRequest(command: Start, jack: Jack, sent: SentOrder, link: Link): Request {
  const { device, options } = link;
  const judge = (frame: BkvFrame, isReply: boolean): Verdict => {
    if (!isReply) return null;
    const { ok, businessNo, errorCode } = frame.fields;
    return ok === true ? acked({ businessNo }) : rejected(refusal('start', errorCode as number | undefined));
  };
  const onSend = (serial: number): void => {
    device.orders.noteSent(serial, sent);
  };
  const onSilence = (): Request => whetherRunning(sent, jack, link, () => ({ status: 'no_reply' }));
  const rest = { judge, onSend, onSilence, resends: 0 };
  const { tariff } = command;
  if (tariff === undefined) return request('0015/07', { ...jack, on: true, ...quotaFor(command) }, rest);
  if (tariff.kind === 'power_tiers') {
    checkAscending(tariff.tiers.map(({ powerW }) => powerW));
    const fields = { ...jack, on: true, amountFen: paid(tariff.amountFen), tiers: tariff.tiers };
    return request(`${options.powerTierOuterCommand}/17`, fields, rest);
  }
  const { tiers, serviceFeeBy, amountFen } = tariff;
  checkAscending(tiers.map(({ until }) => until));
  if (tiers[tiers.length - 1]?.until !== LAST_MINUTE) throw new RangeError('the last segment must end at 23:59');
  const fixed = { on: true, modeCode: SERVICE_FEE_MODE_CODE, controlType: REMOTE, tagF4: 2 };
  const fields = { ...jack, ...fixed, amountFen: paid(amountFen), serviceFeeBy, tierCount: tiers.length, tiers };
  return request('1000/1007', fields, rest);
}
const REMOTE = 1;
const NOTHING_ORDERED = { durationMin: 0, energyWh: 0 };

const MODE_OF_TARIFF = { power_tiers: 'power', service_fee: 'fee' } as const;
function modeFor({ tariff, ...command }: Start): Pick<SentOrder, 'mode' | 'ordered'> {
  if (tariff !== undefined) return { mode: MODE_OF_TARIFF[tariff.kind], ordered: NOTHING_ORDERED };
  const { modeCode, ...ordered } = quotaFor(command);
  return { mode: modeCode === ORDER_MODE_CODE.energy ? 'energy' : 'time', ordered };
}

/**
 * What the socket itself counts down: time or energy. Until full is the longest time order, because a socket ends at
 * full load by itself; every other limit is watched by `session`.
 */
function quotaFor({ primaryLimit, durationLimitS, energyLimitWh, maxDurationS }: Omit<Start, 'tariff'>) {
  const byEnergy = primaryLimit === 'energy' || (primaryLimit === 'power' && durationLimitS === null);
  if (byEnergy && energyLimitWh !== null) {
    if (energyLimitWh > 0xffff) throw new RangeError(`${energyLimitWh} Wh are above 65535`);
    return { modeCode: ORDER_MODE_CODE.energy, durationMin: 0, energyWh: energyLimitWh };
  }
  const seconds = primaryLimit === 'full' ? maxDurationS : (durationLimitS ?? maxDurationS);
  const durationMin = seconds === null ? MAX_MINUTES : Math.ceil(seconds / 60);
  if (durationMin < 1 || durationMin > MAX_MINUTES)
    throw new RangeError(`${durationMin} minutes are not within 1…${MAX_MINUTES}`);
  return { modeCode: ORDER_MODE_CODE.time, durationMin, energyWh: 0 };
}

function paid(amountFen: number): number {
  if (amountFen < 1) throw new RangeError('nothing was paid');
  return amountFen;
}
function checkAscending(values: readonly (number | string)[]): void {
  const isAfter = (value: number | string, other: number | string | undefined): boolean =>
    other === undefined || value > other;
  if (!values.every((value, i) => isAfter(value, values[i - 1]))) throw new RangeError('tiers must ascend');
}

/** Reads what the jack does: the connection has recognised the order by then, if it is this one (page §8). */
function whetherRunning(
  { orderRef, portNo }: SentOrder,
  { socketNo }: Jack,
  { device }: Link,
  otherwise: (state: string) => CommandOutcome | Request,
): Request {
  const judge = (frame: BkvFrame): Verdict => {
    if (reportOf(frame, socketNo) === null) return null;
    const running = device.orders.findRunning(portNo);
    const state = jackStateOf(device.statuses.get(portNo) ?? 0);
    if (state === 'charging' && running?.orderRef === orderRef)
      return acked({ evidence: 'status', businessNo: running.businessNo });
    return otherwise(state);
  };
  return socketQuery(socketNo, { judge });
}

/** The port is not idle, as it says itself: nothing is sent, and the refusal is told as the device's would be. */
class RefusedStart implements Exchange<BkvFrame> {
  constructor(
    private readonly link: Link,
    private readonly order: SentOrder,
    private readonly reason: string,
  ) {}
  start(nowMs: number) {
    const { deviceId } = this.link;
    const { orderRef, portNo } = this.order;
    const at = toInstant(nowMs);
    const fact = chargeReplied({
      id: `${deviceId}:refused:${orderRef}:${at}`,
      deviceId,
      at,
      portNo,
      orderRef,
      action: 'start',
      executed: false,
      reason: this.reason,
    });
    return { facts: [fact], finish: rejected(this.reason) };
  }
  onFrame(): null {
    return null;
  }
  onTimeout() {
    return { finish: rejected(this.reason) };
  }
}

/**
 * The same stop ends every kind of order; where a service-fee order does not heed it, the form that started it is tried
 * (page §8). The reply only accepts; the end report proves it as well.
 */
export function chargeStop({ portNo: named, orderRef }: CommandOf<'charge.stop'>, { device }: Link): Request {
  const jack = toJack(named ?? device.orders.findPort(orderRef));
  const portNo = 2 * jack.socketNo + jack.jack - 1;
  const isFee = device.orders.findRunning(portNo)?.mode === 'fee';
  const judge = (frame: BkvFrame, isReply: boolean): Verdict => {
    if (endsAt(frame, portNo)) return acked({ evidence: 'settlement' });
    if (!isReply) return null;
    if (frame.fields.ok === true) return acked();
    return isFee && frame.command === '0015/07' ? feeStop() : rejected(refusal('stop'));
  };
  const onSend = (serial: number): void => {
    device.orders.noteSent(serial, { action: 'stop', orderRef, portNo, mode: 'unknown', ordered: NOTHING_ORDERED });
  };
  const feeStop = (): Request => request('1000/1007', { ...jack, ...FEE_STOP }, { judge, onSend });
  const fields = { ...jack, on: false, modeCode: ORDER_MODE_CODE.time, durationMin: 0, energyWh: 0 };
  return request('0015/07', fields, { judge, onSend, ...(isFee && { onSilence: feeStop }) });
}
const FEE_STOP = { on: false, modeCode: SERVICE_FEE_MODE_CODE, controlType: REMOTE };
function endsAt({ command, fields }: BkvFrame, portNo: number): boolean {
  const { socketNo, jack } = fields as { readonly socketNo?: number; readonly jack?: number };
  return isSettlement(command) && toPortNo(socketNo ?? 0, jack ?? -1) === portNo;
}
