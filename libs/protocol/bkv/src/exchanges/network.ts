import type { CommandOf } from '@chargebus/domain';
import type { SentChange } from '../connection/device-memory';
import { encodeFrame } from '../frame';
import type { Link } from './link';
import { byResult, request } from './request-exchange';
import type { Request, Verdict } from './request-exchange';

type Nodes = CommandOf<'network.refresh'>['nodes'];

const JOIN_MS = 30_000;
const JOIN_MS_PER_NODE = 100;
const REFUSED = 'not_taken';

/** Every number and every radio address once. */
function checkNodes(nodes: Nodes): void {
  if (nodes.length === 0) throw new RangeError('an empty list would cut every socket off');
  const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
  if (!isDistinct(nodes.map(({ socketNo }) => socketNo))) throw new RangeError('a socket number stands twice');
  if (!isDistinct(nodes.map(({ mac }) => mac))) throw new RangeError('a MAC stands twice');
}

/** That the gateway took it is told by its answer, in time or late: see `meansNetworkResult`. */
const noting = (change: SentChange, { device }: Link): Pick<Request, 'onSend'> => ({
  onSend: (serial) => {
    device.noteNetwork(serial, change);
  },
});
/** What joins shows up with the status reports that are asked for at the end. */
const asking = (nodes: Nodes, link: Link): Pick<Request, 'onDone'> => ({
  onDone: () => ({ send: nodes.map(({ socketNo }) => query(socketNo, link)) }),
});

/** The ones behind the first are added one after the other, where a gateway does not take as many in one list (gn.md §3.1). */
export function networkRefresh({ channel, nodes, joining }: CommandOf<'network.refresh'>, link: Link): Request {
  checkNodes(nodes);
  const asked = joining === undefined ? nodes : nodes.filter(({ socketNo }) => joining.includes(socketNo));
  const listed = nodes.slice(0, link.options.networkRefreshMaxNodes);
  const rest = nodes
    .slice(listed.length)
    .reduceRight<Request | null>((next, node) => addition(node, asked, next, link), null);
  return request(
    '0005/08',
    { channel, nodes: listed },
    {
      judge: thenOn(rest),
      waitMs: JOIN_MS + JOIN_MS_PER_NODE * listed.length,
      ...asking(asked, link),
      ...noting({ command: '0005/08', change: 'replaced', channel, sockets: listed }, link),
    },
  );
}
const thenOn =
  (next: Request | null): Request['judge'] =>
  (frame, isReply): Verdict => {
    const verdict = byResult(REFUSED)(frame, isReply);
    return verdict !== null && 'status' in verdict && verdict.status === 'acked' ? (next ?? verdict) : verdict;
  };

export const networkAdd = ({ socketNo, mac }: CommandOf<'network.add'>, link: Link): Request =>
  addition({ socketNo, mac }, [{ socketNo, mac }], null, link);

/** `joined`: whom to ask for its state once nothing more is to be added. */
const addition = (node: Nodes[number], joined: Nodes, next: Request | null, link: Link): Request =>
  request('0005/09', node, {
    judge: thenOn(next),
    waitMs: JOIN_MS,
    ...asking(joined, link),
    ...noting({ command: '0005/09', change: 'added', channel: null, sockets: [node] }, link),
  });

/** The guide names the deletion without showing it, so a gateway that does not take it gets the whole list, once. */
export function networkRemove({ socketNo, remaining }: CommandOf<'network.remove'>, link: Link): Request {
  const whole = remaining === undefined || remaining.nodes.length === 0 ? null : remaining;
  const refresh = whole === null ? null : networkRefresh({ kind: 'network.refresh', ...whole, joining: [] }, link);
  if (refresh !== null && link.options.networkRemoveMode === 'refresh') return refresh;
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
      ...noting({ command: '0005/0A', change: 'removed', channel: null, sockets: [{ socketNo, mac: null }] }, link),
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
