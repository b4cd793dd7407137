import type { CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { CertificateQuestion, CertificateReply, Question, QuestionReply } from '@chargebus/protocol-core';
import type { Defect, ErrorCodes } from '../rpc/defects';
import type { KeyFields } from '../schemas/leniency';
import type { Validators } from '../schemas/validator';
import type { Ask, Moment, Turn } from './ask';

/** What tells the versions apart for the RPC layer. */
export interface OcppVersion {
  readonly codes: ErrorCodes;
  readonly validators: Validators;
  readonly stationActions: ReadonlySet<string>;
  readonly platformActions: ReadonlySet<string>; // only we may call them
  /** By action: messages that are taken as long as these fields are good. */
  readonly keyFields: Readonly<Record<string, KeyFields>>;
  /** Actions whose loss loses a bill. */
  readonly settlements: ReadonlySet<string>;
  /** Stations of 1.6 send `null` for an empty payload. */
  readonly nullIsEmpty: boolean;
}

/** A CALL of the station whose payload passed its schema. */
export interface StationCall {
  readonly deviceId: DeviceId;
  readonly action: string;
  readonly messageId: string;
  readonly hash: number; // of the raw text behind the id: a repeat under another id has the same
  readonly payload: unknown;
  readonly dropped: readonly string[]; // parts of the payload that were broken and are gone: 'meterValue/0/sampledValue/2'
  readonly at: Instant;
  readonly atMs: number;
}

/** What a CALL means: facts, how it is answered, and what we want to do next. */
export interface Meant<R extends object = object> {
  readonly facts: readonly ProtocolEvent[];
  readonly reply: Reply<R>;
  readonly errands?: readonly DeviceCommand[];
}
export type Reply<R extends object = object> =
  /** `now`: nothing is lost when it was answered and we die. `stored`: the station forgets it with our answer. */
  | { readonly when: 'now' | 'stored'; readonly payload: R }
  | {
      readonly when: 'asked';
      readonly question: Question;
      readonly deadlineMs: number;
      /** Null: refused as our failure, so that the station asks again. */
      readonly payload: (reply: QuestionReply | null) => R | null;
      /** Facts that depend on the reply. */
      /** The station forgets it with our answer: none but an error is given before the facts are stored. */
      readonly mustBeStored?: true;
      readonly concludes?: (reply: QuestionReply | null) => readonly ProtocolEvent[];
    }
  | {
      readonly when: 'certified';
      readonly question: CertificateQuestion;
      readonly deadlineMs: number;
      readonly payload: (reply: CertificateReply | null) => R;
    }
  | { readonly when: 'refused'; readonly defect: Defect; readonly reason: string };

/** What one version knows of the station on one connection. */
export interface StationSide {
  /** A boot on this connection was accepted. */
  readonly isAccepted: boolean;
  hear(call: StationCall): Meant;
  /** Begins an order. Throwing RangeError refuses a value that the wire cannot carry. */
  begin(command: DeviceCommand, reissued: boolean): Ask | Turn | Opening | CommandOutcome;
}
/** The first turn of an order that needs the time. It may throw RangeError as `begin` may. */
export type Opening = (moment: Moment) => Turn;

export const now = <R extends object>(payload: R): Reply<R> => ({ when: 'now', payload });
export const stored = <R extends object>(payload: R): Reply<R> => ({ when: 'stored', payload });
export const refused = (defect: Defect, reason: string): Meant => ({
  facts: [],
  reply: { when: 'refused', defect, reason },
});

/** Id of a fact that a repeat of the frame has, too: what the station sent, and where in it. */
export const factId = ({ deviceId, messageId, hash }: StationCall, part: number | string = 0): string =>
  `${deviceId}:${messageId}:${hash.toString(36)}:${part}`;

/** What a station tells and nothing follows from. */
export const notice = (
  call: StationCall,
  topic: string,
  details: Readonly<Record<string, unknown>>,
  part: number | string = 0,
): ProtocolEvent => ({
  type: 'device.notice',
  id: factId(call, `${topic}:${part}`),
  deviceId: call.deviceId,
  at: call.at,
  topic,
  details,
});
