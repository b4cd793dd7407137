import type { CommandOf } from '@chargebus/domain';
import type { BkvFrame } from '../frame';
import { toJack } from '../tables/ports';
import { byResult, request } from './request-exchange';
import type { Request, Verdict } from './request-exchange';

const EVERY_SOCKET = 254;

/** When the sockets may speak. Without a port: jack A of every socket, then jack B. */
export function voiceSet({ portNo, buzzer, voice, periods }: CommandOf<'voice.set'>): Request {
  const set = (jack: { readonly socketNo: number; readonly jack: number }, next: Request | null): Request => {
    const judged = byResult('not_set');
    const judge = (frame: BkvFrame, isReply: boolean): Verdict => {
      const verdict = judged(frame, isReply);
      return verdict !== null && 'status' in verdict && verdict.status === 'acked' ? (next ?? verdict) : verdict;
    };
    return request('0015/1B', { ...jack, buzzer, voice, periods }, { judge });
  };
  if (portNo !== null) return set(toJack(portNo), null);
  return set({ socketNo: EVERY_SOCKET, jack: 0 }, set({ socketNo: EVERY_SOCKET, jack: 1 }, null));
}
