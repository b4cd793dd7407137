import type { StoredMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/nats-core';
import type { Bus } from './bus';
import { PARKED_STREAM } from './streams';

/** A message that no retry could get handled, kept for a person (`design.md` §4.7). */
export interface ParkedMessage {
  readonly sequence: number; // in the stream PARKED: names it for replay
  readonly consumer: string; // durable that gave it up
  readonly subject: string; // where it came from
  readonly reason: string;
  readonly parkedAt: string;
  readonly payload: string;
}

/** The newest parked messages first, at most `limit`, before `beforeSequence` when given. */
export async function listParked(bus: Bus, limit: number, beforeSequence?: number): Promise<ParkedMessage[]> {
  const { state } = await bus.manager.streams.info(PARKED_STREAM);
  const found: ParkedMessage[] = [];
  for (
    let sequence = Math.min(beforeSequence ?? Infinity, state.last_seq + 1) - 1;
    sequence >= state.first_seq && found.length < limit;
    sequence--
  ) {
    const message = await bus.manager.streams.getMessage(PARKED_STREAM, { seq: sequence }).catch(() => null); // replayed ones are gone
    if (message !== null) found.push(describe(message));
  }
  return found;
}

/**
 * Sends a parked message to where it came from, for every consumer there (repeats are harmless to those that handled
 * it), and takes it out of the parked ones. False: there is none with this sequence.
 */
export async function replayParked(bus: Bus, sequence: number): Promise<boolean> {
  const message = await bus.manager.streams.getMessage(PARKED_STREAM, { seq: sequence }).catch(() => null);
  if (message === null) return false;
  const head = headers();
  head.set('cb-replayed', String(sequence));
  await bus.js.publish(message.header.get('cb-subject'), message.data, { headers: head, msgID: `replay:${sequence}` });
  await bus.manager.streams.deleteMessage(PARKED_STREAM, sequence);
  return true;
}

function describe(message: StoredMsg): ParkedMessage {
  return {
    sequence: message.seq,
    consumer: message.subject.replace(/^cb\.parked\./, ''),
    subject: message.header.get('cb-subject'),
    reason: message.header.get('cb-reason'),
    parkedAt: message.timestamp,
    payload: message.string(),
  };
}
