import type { ProtocolEvent } from '@chargebus/events';
import { chargeReplied } from '@chargebus/protocol-core';
import { answerBytes, arrivalId, only } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { toPortNo } from '../tables/ports';

interface Result {
  readonly ok?: boolean;
  readonly socketNo?: number;
  readonly jack?: number;
  readonly businessNo?: number;
  readonly errorCode?: number;
}

/** The answer to a start or stop of any kind, never answered in turn. */
export const meansOrderResult: Meaning<'0005/17' | '0015/07' | '0015/17' | '1000/1007'> = (fields, incoming) =>
  only(replied(fields, incoming));

function replied({ ok = false, socketNo, jack, businessNo = 0, errorCode }: Result, incoming: Incoming): ProtocolEvent {
  const { deviceId, at, device, serial, command } = incoming;
  const sent = device.orders.findSent(serial);
  const saidPort = socketNo === undefined || jack === undefined ? null : toPortNo(socketNo, jack);
  if (sent?.action === 'start') {
    if (ok) device.orders.begun(sent, businessNo);
    else device.orders.refused(sent.portNo);
  }
  return chargeReplied({
    id: sent === null ? arrivalId(incoming) : `${deviceId}:${command}:${serial}:${sent.orderRef}:${sent.action}:${ok}`,
    deviceId,
    at,
    portNo: sent?.portNo ?? saidPort,
    orderRef: sent?.orderRef ?? null,
    action: sent?.action ?? null,
    executed: ok,
    reason: ok ? 'ok' : refusal(sent?.action ?? 'order', errorCode),
  });
}
export const refusal = (action: string, errorCode?: number): string =>
  errorCode === undefined ? `${action}_refused` : `${action}_refused_${errorCode}`;

/** The answer to a card that we let charge. */
export const meansCardResult: Meaning<'0015/0F'> = ({ ok }, incoming) => {
  const { deviceId, at, device, serial } = incoming;
  const card = device.orders.findAuthorised(serial);
  if (card?.allowed !== true) return only();
  if (!ok) device.orders.unauthorise(card);
  const { portNo, orderRef, cardNo } = card;
  return only(
    ok
      ? {
          type: 'charge.started',
          id: `${deviceId}:card:${orderRef}`,
          deviceId,
          at,
          portNo,
          orderRef,
          source: 'card',
          cardId: cardNo,
          durationS: 0,
        }
      : chargeReplied({
          id: `${deviceId}:card:${orderRef}:refused`,
          deviceId,
          at,
          portNo,
          orderRef,
          action: 'start',
          executed: false,
          reason: refusal('start'),
        }),
  );
};

/** Log only, page §6.8: what the two codes ever seen mean is not published. */
export const meansDeviceEvent: Meaning<'1000/1013'> = () => only();

const VENDOR_FAULT_OVER = 0;
/** Reason codes are not published, so they keep their number; every socket has its own. */
export const meansFaultEvent: Meaning<'1000/1010'> = (fields, incoming) => {
  const { socketNo, requestId, socketEvent, jackEvents } = fields;
  const answer = answerBytes(incoming, '1000/1010', {
    ...(requestId !== undefined && { requestId }),
    ...(socketNo !== undefined && { socketNo }),
    ok: true,
  });
  const scopes =
    socketNo === undefined
      ? []
      : [
          { scope: 'socket', portNo: null, said: socketEvent },
          { scope: 'jack', portNo: toPortNo(socketNo, 0), said: jackEvents?.[0] },
          { scope: 'jack', portNo: toPortNo(socketNo, 1), said: jackEvents?.[1] },
        ];
  const named = scopes.flatMap(({ scope, portNo, said }) => {
    const { reason = 0, status = 0 } = said ?? {};
    const code = `vendor_${reason}`;
    const token = scope === 'socket' ? `${code}_socket_${socketNo ?? 0}` : code;
    return reason === 0 ? [] : [{ scope, portNo, code, token, active: status !== VENDOR_FAULT_OVER }];
  });
  const facts =
    socketNo === undefined
      ? []
      : named.length > 0
        ? named.map((one) => faultFact({ ...one, socketNo, details: fields }, incoming))
        : allOver(socketNo, incoming);
  return { facts, answer: { when: 'now', bytes: answer } };
};

interface NamedFault {
  readonly scope: string;
  readonly portNo: number | null;
  readonly code: string;
  readonly token: string;
  readonly active: boolean;
  readonly socketNo: number;
  readonly details: Readonly<Record<string, unknown>>;
}
function faultFact({ scope, portNo, code, token, active, socketNo, details }: NamedFault, incoming: Incoming) {
  const { deviceId, at, device } = incoming;
  const open = device.openFaults.get(socketNo) ?? new Set();
  device.openFaults.set(socketNo, open);
  const key = `${portNo ?? ''}|${token}`;
  const base = { id: `${arrivalId(incoming)}:${key}`, deviceId, at, token, portNo };
  if (!active && open.delete(key)) return { type: 'device.fault_cleared' as const, ...base };
  open.add(key);
  return {
    type: 'device.fault' as const,
    ...base,
    severity: 'warning' as const,
    latched: true, // whether it ends with a message of its own is not published
    ...(!active && { isOver: true }),
    details: { ...details, scope, socketNo, code, active },
  };
}
/** A report without any reason says that nothing is wrong at this socket. */
function allOver(socketNo: number, incoming: Incoming): readonly ProtocolEvent[] {
  const { deviceId, at, device } = incoming;
  const open = [...(device.openFaults.get(socketNo) ?? [])];
  device.openFaults.delete(socketNo);
  return open.map((key) => {
    const [port = '', token = ''] = key.split('|');
    const portNo = port === '' ? null : Number(port);
    return { type: 'device.fault_cleared', id: `${arrivalId(incoming)}:${key}`, deviceId, at, token, portNo };
  });
}
