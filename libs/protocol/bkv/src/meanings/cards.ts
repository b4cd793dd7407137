import type { OrderRef } from '@chargebus/domain';
import type { Answer, Question, QuestionReply } from '@chargebus/protocol-core';
import type { EncodableFields, FieldsOf } from '../commands/command-table';
import { NO_MEANING } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { encodeFrame } from '../frame';
import { CARD_MODE_CODE } from '../tables/charge-modes';
import { toPortNo } from '../tables/ports';

/** The socket blinks for about 5 s; who is later than this stays silent. */
const DECISION_DEADLINE_MS = 4_500;
const HOUR_MS = 3_600_000;
const MAX_FEN = 0xffff_ffff;

/** A card asks to charge: the device has chosen the order's number already. */
export const meansCardPresented: Meaning<'0015/0B'> = (fields, incoming) => {
  const { deviceId, at, atMs } = incoming;
  const { cardNo, socketNo, jack, businessNo, status, offlineParams } = fields;
  const portNo = toPortNo(socketNo, jack);
  if (portNo === null) return NO_MEANING;
  const causeId = `${deviceId}:card:${portNo}:${businessNo}:${cardNo}:${Math.floor(atMs / HOUR_MS)}`;
  const attributes = { businessNo, status, offlineParams };
  const question: Question = { kind: 'card.authorise', deviceId, causeId, cardId: cardNo, cardNumber: cardNo, portNo };
  const encode = once((reply) => authorisation(reply, { ...fields, portNo }, incoming));
  return {
    facts: [{ type: 'card.swiped', id: causeId, deviceId, at, cardId: cardNo, cardNumber: cardNo, portNo, attributes }],
    answer: { when: 'asked', question, deadlineMs: DECISION_DEADLINE_MS, encode },
  };
};

/** A card asks what it is worth and starts nothing, so it is asked for without a port. */
export const meansBalanceQuery: Meaning<'0015/1A'> = ({ socketNo, jack, cardNo }, incoming) => {
  const { deviceId, at, atMs } = incoming;
  const causeId = `${deviceId}:balance:${socketNo}:${jack}:${cardNo}:${Math.floor(atMs / HOUR_MS)}`;
  const attributes = { queryOnly: true, socketNo, jack };
  const card = { cardId: cardNo, cardNumber: cardNo, portNo: null };
  const encode = once((reply) => {
    const balanceFen = Math.min(reply.decision === 'unknown_card' ? 0 : (reply.balanceFen ?? 0), MAX_FEN);
    return ownFrame(incoming, '0015/1A', { socketNo, jack, cardNo, balanceFen });
  });
  return {
    facts: [{ type: 'card.swiped', id: causeId, deviceId, at, ...card, attributes }],
    answer: {
      when: 'asked',
      question: { kind: 'card.authorise', deviceId, causeId, ...card },
      deadlineMs: DECISION_DEADLINE_MS,
      encode,
    },
  };
};

type Encode = Extract<Answer, { readonly when: 'asked' }>['encode'];
/** A retransmission gets the frame that was decided on, with its serial. */
function once(encode: (reply: QuestionReply) => Uint8Array | null): Encode {
  let bytes: Uint8Array | null = null;
  return (reply) => (reply === null ? null : (bytes ??= encode(reply)));
}

function authorisation(
  { decision, rateMode }: QuestionReply,
  { socketNo, jack, businessNo, cardNo, portNo }: FieldsOf<'0015/0B'> & { readonly portNo: number },
  incoming: Incoming,
): Uint8Array | null {
  const { device, options, atMs } = incoming;
  const allowed = decision === 'accepted';
  if (!allowed && options.cardDenyMode === 'silent') return null;
  const mode = rateMode === 'energy' && allowed ? 'energy' : 'time';
  const serial = device.nextSerial();
  const orderRef = `bkv-${portNo}-${businessNo}-${atMs}` as OrderRef; // the device's numbers begin again
  const ordered = {
    durationMin: allowed && mode === 'time' ? options.cardDurationMin : 0,
    energyWh: allowed && mode === 'energy' ? options.cardEnergyWh : 0,
  };
  device.orders.authorise(serial, { orderRef, businessNo, mode, ordered, cardNo, portNo, allowed });
  return ownFrame(
    incoming,
    '0015/0B',
    {
      socketNo,
      jack,
      businessNo,
      on: allowed,
      modeCode: CARD_MODE_CODE[mode],
      ...ordered,
    },
    serial,
  );
}

/** The two card answers have a serial of ours, page §2. */
const ownFrame = <C extends '0015/0B' | '0015/1A'>(
  { deviceId: physicalId, device }: Incoming,
  command: C,
  fields: EncodableFields<C>,
  messageId = device.nextSerial(),
): Uint8Array => encodeFrame({ physicalId, messageId, command, direction: 'down', fields });
