import { toInstant } from '@chargebus/domain';
import type { CommandOf } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import { encodeFrame } from '../frame';
import { toPortNo } from '../tables/ports';
import type { Link } from './link';
import { byResult, request } from './request-exchange';
import type { Request } from './request-exchange';

const JOIN_MS = 30_000;
const JOIN_MS_PER_NODE = 100;
const REFUSED = 'not_taken';

/** Every number and every radio address once. */
function checkNodes(nodes: CommandOf<'network.refresh'>['nodes']): void {
  if (nodes.length === 0) throw new RangeError('an empty list would cut every socket off');
  const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  if (!isDistinct(nodes.map(({ socketNo }) => socketNo))) throw new RangeError('a socket number stands twice');
  if (!isDistinct(nodes.map(({ mac }) => mac))) throw new RangeError('a MAC stands twice');
}

/** What joins shows up with the status reports that are asked for at the end. */
export function networkRefresh({ channel, nodes }: CommandOf<'network.refresh'>, link: Link): Request {
  checkNodes(nodes);
  return request(
    '0005/08',
    { channel, nodes },
    {
      judge: byResult(REFUSED),
      waitMs: JOIN_MS + JOIN_MS_PER_NODE * nodes.length,
      onDone: () => ({ send: nodes.map(({ socketNo }) => query(socketNo, link)) }),
      tells: (moment, nowMs) =>
        moment === 'done' ? [confirmed('replaced', { channel, sockets: nodes }, link, nowMs)] : [],
    },
  );
}

export const networkAdd = ({ socketNo, mac }: CommandOf<'network.add'>, link: Link): Request =>
  request(
    '0005/09',
    { socketNo, mac },
    {
      judge: byResult(REFUSED),
      waitMs: JOIN_MS,
      onDone: () => ({ send: [query(socketNo, link)] }),
      tells: (moment, nowMs) =>
        moment === 'done' ? [confirmed('added', { channel: null, sockets: [{ socketNo, mac }] }, link, nowMs)] : [],
    },
  );

/** The guide names the deletion without showing it, so a gateway that does not take it gets the whole list, once. */
export function networkRemove({ socketNo, remaining }: CommandOf<'network.remove'>, link: Link): Request {
  const whole = remaining === undefined || remaining.nodes.length === 0 ? null : remaining;
  const refresh = whole === null ? null : networkRefresh({ kind: 'network.refresh', ...whole }, link);
  const judged = byResult(REFUSED);
  return request(
    '0005/0A',
    { socketNo },
    {
      judge: (frame, isReply) => {
        const verdict = judged(frame, isReply);
        return verdict !== null && 'status' in verdict && verdict.status === 'rejected'
          ? (refresh ?? verdict)
          : verdict;
      },
      onSilence: () => refresh ?? { status: 'no_reply' },
      waitMs: JOIN_MS,
      tells: (moment, nowMs) =>
        moment === 'done'
          ? [confirmed('removed', { channel: null, sockets: [{ socketNo, mac: null }] }, link, nowMs)]
          : [],
    },
  );
}

const query = (socketNo: number, { deviceId: physicalId, device }: Link): Uint8Array =>
  encodeFrame({
    physicalId,
    messageId: device.nextSerial(),
    command: '0015/1D',
    direction: 'down',
    fields: { socketNo },
  });

const JACKS = [0, 1];
const portsOf = (socketNo: number): number[] =>
  JACKS.map((jack) => toPortNo(socketNo, jack)).filter((portNo) => portNo !== null);

/** The gateway never tells its list: what it took is what it has. */
function confirmed(
  change: ProtocolEventOf<'device.network'>['change'],
  { channel, sockets }: Pick<ProtocolEventOf<'device.network'>, 'channel' | 'sockets'>,
  { deviceId }: Link,
  nowMs: number,
): ProtocolEvent {
  const at = toInstant(nowMs);
  const told = sockets.map(({ socketNo, mac }) => ({ socketNo, mac, portNos: portsOf(socketNo) }));
  return {
    type: 'device.network',
    id: `${deviceId}:0005:${change}:${at}`,
    deviceId,
    at,
    change,
    channel,
    sockets: told,
  };
}
