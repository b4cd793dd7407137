import { fingerprint32, toHex } from '@chargebus/protocol-core';
import type { Answer, Reception } from '@chargebus/protocol-core';
import { answerBytes, arrivalId, NEVER } from '../connection/incoming';
import type { Incoming } from '../connection/incoming';
import { CHECKSUM_BYTES, encodeFrame, PAYLOAD_START } from '../frame';

/** 0x09 and 0x0A run between slave and host only; should one arrive, nothing is said about it (page §9). */
const IGNORED: ReadonlySet<string> = new Set(['00', '09', '0A']);

/**
 * A whole frame that cannot be understood is kept raw. A settlement is even then answered with 0, once it is stored:
 * unanswered it would block the device's queue. So is 0x23 where the installation wants it.
 */
export function rejection(reason: string, incoming: Incoming): Reception {
  const { command, deviceId, at, bytes } = incoming;
  if (IGNORED.has(command)) return { facts: [], answer: NEVER };
  const isSettlement = command === '03';
  const id = isSettlement || command === '23' ? contentId(incoming) : arrivalId(incoming);
  const fact = { type: 'frame.rejected', id, deviceId, at, reason, command, hex: toHex(bytes), isSettlement } as const;
  return { facts: [fact], answer: answerTo(incoming) };
}

/** The device repeats it with other message ids until it is answered: what it says is the fact. */
function contentId({ command, deviceId, bytes }: Incoming): string {
  const end = bytes.length - CHECKSUM_BYTES;
  const head = toHex(bytes, PAYLOAD_START, Math.min(end, PAYLOAD_START + 32));
  return `${deviceId}:${command}:raw:${head}:${fingerprint32(bytes, PAYLOAD_START, end)}`;
}

function answerTo(incoming: Incoming): Answer {
  const { command, options, deviceId: physicalId, messageId } = incoming;
  if (command === '03') return { when: 'stored', bytes: answerBytes(incoming, '03', { result: 0 }) };
  if (command !== '23' || !options.acknowledge23) return NEVER;
  const fields = { extraHex: '00' }; // no layout is published
  return { when: 'stored', bytes: encodeFrame({ physicalId, messageId, command, direction: 'down', fields }) };
}
