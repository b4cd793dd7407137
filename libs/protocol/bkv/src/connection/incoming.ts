import type { DeviceId, Instant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Answer, Reception } from '@chargebus/protocol-core';
import type { DownCommand, EncodableFields, FieldsOf, UpCommand } from '../commands/command-table';
import { encodeFrame } from '../frame';
import type { BkvOptions } from '../options';
import type { DeviceMemory } from './device-memory';

/** A frame from a gateway on its way to facts and an answer. */
export interface Incoming {
  readonly deviceId: DeviceId;
  readonly command: string;
  readonly serial: number;
  readonly bytes: Uint8Array;
  readonly fingerprint: number; // of the bytes
  readonly at: Instant;
  readonly atMs: number;
  readonly device: DeviceMemory;
  readonly options: BkvOptions;
}
/** What one command means. */
export type Meaning<C extends UpCommand> = (fields: FieldsOf<C>, incoming: Incoming) => Reception;

export const NEVER: Answer = { when: 'never' };
export const NO_MEANING: Reception = { facts: [], answer: NEVER };
export const only = (...facts: ProtocolEvent[]): Reception => ({ facts, answer: NEVER });

/** Id of a fact that the device does not repeat until it is answered: its arrival is part of it. */
export const arrivalId = ({ deviceId, command, serial, fingerprint, at }: Incoming): string =>
  `${deviceId}:${command}:${serial}:${fingerprint}:${at}`;

/** Plain acknowledgements copy the serial, page §9. */
export const answerBytes = <C extends DownCommand>(
  { deviceId: physicalId, serial: messageId }: Incoming,
  command: C,
  fields: EncodableFields<C>,
): Uint8Array => encodeFrame({ physicalId, messageId, command, direction: 'down', fields });
