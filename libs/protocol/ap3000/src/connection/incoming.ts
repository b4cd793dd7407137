import type { DeviceId, Instant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Answer, Reception } from '@chargebus/protocol-core';
import type { EncodableFields, UpCommand, DownCommand, FieldsOf } from '../commands/command-table';
import { encodePayload, idNumberOf, wrapPayload } from '../frame';
import type { DeviceMemory } from './device-memory';
import type { Ap3000Options } from '../options';

/** A frame from a device on its way to facts and an answer. */
export interface Incoming {
  readonly deviceId: DeviceId;
  readonly command: string;
  readonly messageId: number;
  readonly bytes: Uint8Array;
  readonly at: Instant;
  readonly atMs: number;
  readonly iccid: string | null; // of the connection
  readonly device: DeviceMemory;
  readonly options: Ap3000Options;
}
/** What one command means. */
export type Meaning<C extends UpCommand> = (fields: FieldsOf<'up', C>, incoming: Incoming) => Reception;

export const NEVER: Answer = { when: 'never' };
export const NO_MEANING: Reception = { facts: [], answer: NEVER };
export const only = (...facts: ProtocolEvent[]): Reception => ({ facts, answer: NEVER });

/**
 * Id of a fact that the device does not repeat until it is answered: message ids begin again after a power cycle, so
 * the arrival is part of it. Facts that are repeated have ids made of their content instead.
 */
export const arrivalId = (incoming: Incoming): string =>
  `${incoming.deviceId}:${incoming.command}:${incoming.messageId}:${incoming.at}`;

/** Answers repeat the message id and, unless told otherwise, the command. */
export function answerBytes<C extends DownCommand>(
  incoming: Incoming,
  command: C,
  fields: EncodableFields<'down', C>,
): Uint8Array {
  const header = { id: idNumberOf(incoming.bytes), messageId: incoming.messageId, code: Number.parseInt(command, 16) };
  return wrapPayload(header, encodePayload({ command, direction: 'down', fields }));
}
