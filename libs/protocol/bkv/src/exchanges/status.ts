import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { FieldsOf } from '../commands/command-table';
import type { BkvFrame } from '../frame';
import { toJack } from '../tables/ports';
import type { Link } from './link';
import { acked, request } from './request-exchange';
import type { Request, Verdict } from './request-exchange';

/** What a frame reports of a socket; null: nothing. Newer firmware answers a query with a report of serial 0. */
export function reportOf(frame: BkvFrame, socketNo: number): Readonly<Record<string, unknown>> | null {
  if (frame.command === '0015/1C' || frame.command === '0015/1D')
    return frame.fields.socketNo === socketNo ? frame.fields : null;
  if (frame.command !== '1000/1017') return null;
  const { sockets = [] } = frame.fields as FieldsOf<'1000/1017'>;
  return sockets.find((socket) => socket.socketNo === socketNo) ?? null;
}

export const socketQuery = (socketNo: number, rest: Pick<Request, 'judge'> & Partial<Request>): Request =>
  request('0015/1D', { socketNo }, rest);

/** One socket after the other; a port selects its socket, none selects all that this connection has heard of. */
export function statusQuery({ portNo }: CommandOf<'status.query'>, { device }: Link): Request | CommandOutcome {
  const socketNos = portNo === undefined ? device.socketNos : [toJack(portNo).socketNo];
  const reports: Readonly<Record<string, unknown>>[] = [];
  const ask = (index: number): Request | CommandOutcome => {
    const socketNo = socketNos[index];
    if (socketNo === undefined) return acked({ sockets: reports });
    const judge = (frame: BkvFrame): Verdict => {
      const report = reportOf(frame, socketNo);
      if (report === null) return null;
      reports.push(report);
      return ask(index + 1);
    };
    return socketQuery(socketNo, { judge });
  };
  if (socketNos.length === 0) throw new RangeError('no socket has reported yet: name a port');
  return ask(0);
}
