import type { CommandOf } from '@chargebus/domain';
import type { EncodableFields, FieldsOf } from '../commands/command-table';
import { encodeFrame } from '../frame';
import type { Ap3000Frame } from '../frame';
import type { StartPayloadBytes } from '../options';
import { MAX_SPOKEN_FEN } from '../tables/account-states';
import { judgeChargeResult } from '../tables/charge-results';
import type { ChargeAction } from '../tables/charge-results';
import { portsOfMask, toPortNoOrAny, toWirePort } from '../tables/port-status';
import type { Link } from './link';
import { request } from './request-exchange';
import type { Request, Silence, Verdict } from './request-exchange';
import { acked, quotaOf, rejected, simple } from './simple';

type ChargeFields = EncodableFields<'down', '82'>;
const MAX_OVERLOAD_W = 6553.5;
const RATE_MODE = { time: 0, energy: 2 } as const;

/** Everything a start leaves alone. 2 checks for short circuits; zeros would switch the check off. */
const PLAIN = {
  maxChargeS: 0,
  overloadPowerW: 0,
  qrLight: 0,
  longCharge: 0,
  extraFloatS: 0,
  shortCircuitCheck: 2,
  ignoreUnplug: 0,
  forceFullStop: 0,
  fullPowerW: 0,
  fullPowerMaxMin: 0,
} as const;

export function chargeStart(command: CommandOf<'charge.start'>, link: Link): Request {
  const { portNo, orderRef, balanceFen, maxDurationS, powerLimitW, stopWhenFull } = command;
  const fields = {
    ...PLAIN,
    ...quotaFor(command),
    balanceOrExpiry: Math.min(balanceFen ?? 0, MAX_SPOKEN_FEN),
    port: toWirePort(portNo),
    action: 1,
    orderHex: orderHexOf(orderRef),
    maxChargeS: maxDurationS ?? 0,
    overloadPowerW: overloadFor(powerLimitW),
    forceFullStop: stopWhenFull ? 1 : 0,
  };
  const onSilence = (): Silence => ({ outcome: { status: 'no_reply' }, send: [stateQuery(link)] });
  return charge('start', portNo, cutTo(fields, link), link, onSilence);
}

/**
 * What the device itself counts down. The wire has no mode for a power tier: such a charge runs by time, then by energy,
 * where one of them is limited, and until full otherwise (page §13).
 */
function quotaFor({ primaryLimit, durationLimitS, energyLimitWh }: CommandOf<'charge.start'>) {
  const isPower = primaryLimit === 'power';
  if (primaryLimit === 'duration' || (isPower && durationLimitS !== null)) {
    return { rateMode: RATE_MODE.time, quota: quotaOf(durationLimitS ?? 0) };
  }
  if (primaryLimit === 'energy' || (isPower && energyLimitWh !== null)) {
    return { rateMode: RATE_MODE.energy, quota: quotaOf(Math.round((energyLimitWh ?? 0) / 10)) };
  }
  return { rateMode: RATE_MODE.time, quota: 0 };
}

/** A limit that the wire cannot carry is above every model's own (2000 W and 3500 W), which then stays: 0 keeps it. */
function overloadFor(powerLimitW: number | null): number {
  if (powerLimitW === null || powerLimitW > MAX_OVERLOAD_W) return 0;
  if (Math.round(powerLimitW * 10) === 0) throw new RangeError(`power limit ${powerLimitW} W is below 0.1 W`);
  return powerLimitW;
}

function orderHexOf(orderRef: string): string {
  if (!/^[0-9a-f]{32}$/.test(orderRef)) throw new RangeError('order reference is not 32 lower-case hex digits');
  return orderRef;
}

const TAIL_ENDS: Readonly<Record<StartPayloadBytes, readonly (keyof typeof PLAIN)[]>> = {
  25: [],
  29: ['maxChargeS', 'overloadPowerW'],
  30: ['maxChargeS', 'overloadPowerW', 'qrLight'],
  37: Object.keys(PLAIN).filter((name) => name !== 'fullPowerMaxMin') as (keyof typeof PLAIN)[],
  38: Object.keys(PLAIN) as (keyof typeof PLAIN)[],
};
/** Leaves out the options that the model does not know. */
function cutTo(fields: ChargeFields, { options, device }: Link): ChargeFields {
  const kept: readonly string[] = TAIL_ENDS[options.startPayloadBytes(device.model.deviceType)];
  const isKept = ([name]: readonly [string, unknown]): boolean => !(name in PLAIN) || kept.includes(name);
  return Object.fromEntries(Object.entries(fields).filter(isKept)) as unknown as ChargeFields;
}

/** A stop names the running order and its port; the reply only accepts, the settlement 0x03 is the end. */
export function chargeStop({ portNo, orderRef, keepLocked }: CommandOf<'charge.stop'>, link: Link): Request {
  const orderHex = orderHexOf(orderRef);
  const knownPort = portNo ?? link.device.charges.findPort(orderRef);
  const port = toWirePort(knownPort);
  if (keepLocked) return cabinetStop(port, orderHex);
  const fields = { ...PLAIN, rateMode: 0, balanceOrExpiry: 0, port, action: 0, quota: 0, orderHex };
  return charge('stop', knownPort, cutTo(fields, link), link);
}
const cabinetStop = (port: number, orderHex: string): Request =>
  simple('72', { port, orderHex }, { failure: 'not_stopped' });

function charge(
  action: ChargeAction,
  portNo: number | null,
  fields: ChargeFields,
  { device, reissued }: Link,
  onSilence?: Request['onSilence'],
): Request {
  let messageId = 0;
  const judge = (frame: Ap3000Frame, isReply: boolean): Verdict => {
    if (!isReply) return null;
    const { result, port, waitingPortsMask } = frame.fields as FieldsOf<'up', '82'>;
    const verdict = judgeChargeResult(result, action, device.charges.find(messageId)?.repeated ?? false);
    if (!verdict.executed) return rejected(verdict.reason);
    const repliedPort = port === undefined ? null : toPortNoOrAny(port);
    return acked({ ...verdict, portNo: repliedPort ?? portNo, waitingPorts: portsOfMask(waitingPortsMask ?? 0) });
  };
  const onSend = (id: number): void => {
    messageId = id;
    device.charges.noteSend(id, { action, orderRef: fields.orderHex, portNo, repeated: reissued });
  };
  return request('82', fields, { judge, onSend, ...(onSilence && { onSilence }) });
}

/**
 * A start without an answer may have been executed. What the port says to this, and what comes with the order's id
 * within a minute, tells; the order's owner watches for it (page §13).
 */
function stateQuery({ deviceId: physicalId, device }: Link): Uint8Array {
  return encodeFrame({ physicalId, messageId: device.nextMessageId(), command: '81', direction: 'down', fields: {} });
}
