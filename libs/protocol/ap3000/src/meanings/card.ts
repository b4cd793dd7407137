import { instantToMs } from '@chargebus/domain';
import type { Answer, Question, QuestionReply } from '@chargebus/protocol-core';
import { toHex } from '@chargebus/protocol-core';
import type { FieldsOf } from '../commands/command-table';
import { answerBytes } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { CHECKSUM_BYTES, PAYLOAD_START } from '../frame';
import { ACCOUNT_STATE_OF, MAX_SPOKEN_FEN, RATE_MODE } from '../tables/account-states';
import { toPortNoOrAny } from '../tables/port-status';

/** The device gives up after 15 s, and there is no "try again": who is later than this stays silent (page §9). */
const DECISION_DEADLINE_MS = 12_000;
const HOUR_MS = 3_600_000;

/** A swipe asks whether the card may charge; it never starts anything. */
export const meansCardSwipe: Meaning<'02'> = (fields, incoming) => {
  const { deviceId, at } = incoming;
  const { cardId, cardType, cardBalanceFen, cardNo2Hex } = fields;
  const portNo = toPortNoOrAny(fields.port);
  const cardNumber = String(fields.cardNumber);
  const causeId = causeOf(incoming);
  const attributes = {
    cardType,
    cardBalanceFen,
    queryOnly: portNo === null,
    ...(cardNo2Hex !== undefined && { cardNo2Hex }),
  };
  return {
    facts: [{ type: 'card.swiped', id: causeId, deviceId, at, cardId, cardNumber, portNo, attributes }],
    answer: ask({ kind: 'card.authorise', deviceId, causeId, cardId, cardNumber, portNo }, fields, incoming),
  };
};

/** A retransmission through another connection is the same question; the same bytes an hour later are a new one. */
function causeOf({ deviceId, messageId, bytes, atMs }: Incoming): string {
  const payload = toHex(bytes, PAYLOAD_START, Math.min(bytes.length - CHECKSUM_BYTES, PAYLOAD_START + 40));
  return `${deviceId}:02:${messageId}:${payload}:${Math.floor(atMs / HOUR_MS)}`;
}

/** Gives the same answer every time it is asked to encode one, whoever decided in between. */
function ask(question: Question, fields: FieldsOf<'up', '02'>, incoming: Incoming): Answer {
  const { cardId, port } = fields;
  const encode = (reply: QuestionReply | null): Uint8Array | null =>
    reply === null ? null : answerBytes(incoming, '02', { cardId, port, ...account(reply) });
  return { when: 'asked', question, deadlineMs: DECISION_DEADLINE_MS, encode };
}

function account({ decision, rateMode, balanceFen, expiresAt }: QuestionReply) {
  const isMonthly = rateMode === 'monthly';
  const expiryS = expiresAt === null ? 0 : Math.max(0, Math.floor(instantToMs(expiresAt) / 1000));
  return {
    accountState: ACCOUNT_STATE_OF[decision],
    rateMode: RATE_MODE[rateMode],
    balanceOrExpiry: isMonthly ? Math.min(expiryS, 0xffff_ffff) : Math.min(balanceFen ?? 0, MAX_SPOKEN_FEN),
  };
}
