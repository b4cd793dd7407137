import type { DeviceId, Instant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Answer, Reception } from '@chargebus/protocol-core';
import type { DownCommand, EncodableFields, FieldsOf, UpCommand } from '../commands/command-table';
import { encodeFrame, sequenceOf } from '../frame';
import type { PileMemory } from './pile-memory';

/** A frame from a pile on its way to facts and an answer. */
export interface Incoming {
  readonly deviceId: DeviceId;
  readonly command: string;
  readonly bytes: Uint8Array;
  readonly at: Instant;
  readonly atMs: number;
  readonly pile: PileMemory;
}
/** What one type means. */
export type Meaning<C extends UpCommand> = (fields: FieldsOf<'up', C>, incoming: Incoming) => Reception;

export const NEVER: Answer = { when: 'never' };
export const NO_MEANING: Reception = { facts: [], answer: NEVER };
export const only = (...facts: ProtocolEvent[]): Reception => ({ facts, answer: NEVER });

/** Sequences begin again with every connection, and some piles never count: the arrival is part of the id. */
export const arrivalId = ({ deviceId, command, bytes, at }: Incoming, part: number | string = 0): string =>
  `${deviceId}:${command}:${part}:${sequenceOf(bytes)}:${at}`;

/** An answer repeats the sequence bytes and the checksum's byte order of the request. */
export function answerBytes<C extends DownCommand>(
  incoming: Incoming,
  command: C,
  fields: EncodableFields<'down', C>,
): Uint8Array {
  const { bytes, pile } = incoming;
  const envelope = { crcOrder: pile.crcOrder };
  return encodeFrame({ messageId: sequenceOf(bytes), command, direction: 'down', fields, envelope });
}
