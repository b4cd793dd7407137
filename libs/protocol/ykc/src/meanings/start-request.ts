import type { Answer, Question, QuestionReply } from '@chargebus/protocol-core';
import type { FieldsOf } from '../commands/command-table';
import { answerBytes, NO_MEANING } from '../connection/incoming';
import type { Incoming, Meaning } from '../connection/incoming';
import { bodyPrint } from '../connection/pile-memory';
import { msToLocal, NO_CARD, NO_TRADE } from '../fields';
import { sequenceOf } from '../frame';
import { OUT_OF_SERVICE, REFUSAL_OF } from '../tables/tokens';

/** v1.6 recommends an answer within 10 s. */
const DECISION_DEADLINE_MS = 9_000;
const HOUR_MS = 3_600_000;
const METHODS: Readonly<Record<number, 'card' | 'account' | 'vin'>> = { 1: 'card', 2: 'account', 3: 'vin' };
const TOKEN_TYPES = { card: 'card', account: 'app', vin: 'vin' } as const;
type Fields = FieldsOf<'up', '31'> & { readonly gunRole?: number; readonly parallelNo?: string };

/** 0x31 and 0xA1: may this card, account or vehicle charge? Nobody in time is a refusal, for the pile waits. */
export const meansStartRequest: Meaning<'31' | 'A1'> = (fields: Fields, incoming) => {
  const { deviceId, at, atMs, bytes, command } = incoming;
  const { gun: portNo, startMode, needPassword, account, passwordMd5, vin, gunRole, parallelNo } = fields;
  if (portNo === 0) return NO_MEANING;
  const method = METHODS[startMode] ?? 'unknown';
  const cardId = method === 'vin' ? vin : account;
  // The same request again, also over another connection, is the same question; an hour later it is a new one.
  const causeId = `${deviceId}:${command}:${sequenceOf(bytes)}:${bodyPrint(bytes)}:${Math.floor(atMs / HOUR_MS)}`;
  const attributes = {
    method,
    ...(needPassword === 1 && { passwordMd5 }),
    ...(method === 'vin' && { vinWire: fields.vinWire }),
    ...(parallelNo !== undefined && { parallelNo, gunRole }),
  };
  const tokenType = method === 'unknown' ? 'card' : TOKEN_TYPES[method];
  const question: Question = {
    kind: 'card.authorise',
    deviceId,
    causeId,
    cardId,
    cardNumber: cardId,
    aliases: method === 'vin' ? [] : bothWaysOf(account),
    tokenType,
    portNo,
  };
  return {
    facts: [{ type: 'card.swiped', id: causeId, deviceId, at, cardId, cardNumber: cardId, portNo, attributes }],
    answer: ask(question, fields, incoming),
  };
};

/** §3.5: cards are padded on either side, and read from either end elsewhere. */
function bothWaysOf(account: string): readonly string[] {
  const significant = account.replace(/^(00)+|(00)+$/g, '');
  return [significant, (significant.match(/../g) ?? []).reverse().join('')];
}

function ask(question: Question, fields: Fields, incoming: Incoming): Answer {
  const encode = (reply: QuestionReply | null): Uint8Array => {
    const { pile, atMs } = incoming;
    const { pileCode, gun, parallelNo, startMode } = fields;
    const isAccepted = reply?.decision === 'accepted';
    const local = msToLocal(atMs, pile.dialect.utcOffsetMin);
    const tradeNo = isAccepted ? pile.tradeNoFor(question.causeId, pileCode, gun, local) : NO_TRADE;
    if (isAccepted) {
      const source = METHODS[startMode] === 'vin' ? 'plug' : 'card';
      pile.noteOrder(tradeNo, { source, cardId: question.cardId, portNo: gun, awaitsPlug: false, repeated: false });
    }
    const confirm = {
      tradeNo,
      pileCode,
      gun,
      logicalCard: logicalCardOf(fields),
      balanceYuan: isAccepted ? (reply.balanceFen ?? pile.dialect.creditFen) / 100 : 0,
      success: isAccepted ? 1 : 0,
      failReason: reply === null ? OUT_OF_SERVICE : REFUSAL_OF[reply.decision],
    };
    return parallelNo === undefined
      ? answerBytes(incoming, '32', confirm)
      : answerBytes(incoming, 'A2', { ...confirm, parallelNo });
  };
  return { when: 'asked', question, deadlineMs: DECISION_DEADLINE_MS, encode };
}

/** Shown on the screen; a physical number stands in where it has digits only. */
const logicalCardOf = ({ startMode, account }: Fields): string =>
  METHODS[startMode] !== 'vin' && /^\d{16}$/.test(account) ? account : NO_CARD;
