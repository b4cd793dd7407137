import type { CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import { toHex } from '@chargebus/protocol-core';
import type { Answer, Decoded, Exchange, ProtocolConnection, Reception } from '@chargebus/protocol-core';
import { CallMemory } from '../rpc/call-memory';
import type { Defect } from '../rpc/defects';
import { MessageIds } from '../rpc/message-id';
import { encodeCall, encodeError, encodeResult, readMessage } from '../rpc/message';
import type { Message } from '../rpc/message';
import { findFlaw } from '../schemas/check';
import { dropBrokenParts } from '../schemas/leniency';
import { CallExchange } from './call-exchange';
import type { Line } from './call-exchange';
import type { OcppFrame } from './frame';
import type { Meant, OcppVersion, Reply, StationCall, StationSide } from './version';

type OcppDecoded = Decoded<OcppFrame>;
type CallMessage = Extract<Message, { kind: 'call' }>;
type CallFrame = Extract<OcppFrame, { kind: 'call' }>;
/** A message that gets an error for an answer. */
interface Refused extends Extract<OcppDecoded, { ok: false }> {
  readonly id: string;
  readonly defect: Defect;
}

const LATE_MS = 300_000;
const KEPT_BYTES = 2_048; // of a message that was refused, for people to read
const NEVER: Answer = { when: 'never' };
const NOTHING: Reception = { facts: [], answer: NEVER };
const EMPTY = {};
const decoder = new TextDecoder();

/** One WebSocket of one station, in either version. */
export class OcppConnection implements ProtocolConnection<OcppFrame>, Line {
  readonly pendingBytes = 0;
  readonly discardedBytes = 0;
  readonly checksumErrors = 0;
  private readonly memory = new CallMemory();
  private readonly ids: MessageIds;
  private open: { readonly id: string; readonly action: string } | null = null;
  private lastGivenUp: { readonly id: string; readonly action: string; readonly atMs: number } | null = null;

  constructor(
    private readonly version: OcppVersion,
    private readonly station: StationSide,
    private readonly deviceId: DeviceId,
    seed: number,
  ) {
    this.ids = new MessageIds(deviceId, seed);
  }

  get isAccepted(): boolean {
    return this.station.isAccepted;
  }

  /** One text message. */
  push(bytes: Uint8Array): readonly OcppDecoded[] {
    const message = readMessage(decoder.decode(bytes));
    return message === null ? [] : [this.decode(message, bytes)];
  }
  stalled(): readonly OcppDecoded[] {
    return [];
  }

  receive(decoded: OcppDecoded, at: Instant, atMs: number): Reception {
    if (!decoded.ok) return this.refuse(decoded as Refused, at);
    const { frame } = decoded;
    switch (frame.kind) {
      case 'call':
        return this.hear(this.asStationCall(frame, at, atMs));
      case 'repeat':
        return { facts: [], answer: { when: 'now', bytes: frame.answer } };
      case 'late':
        return this.late(frame, at, atMs);
      default:
        return NOTHING;
    }
  }

  begin(_deviceId: DeviceId, command: DeviceCommand, reissued: boolean): Exchange<OcppFrame> | CommandOutcome {
    try {
      const begun = this.station.begin(command, reissued);
      return 'status' in begun ? begun : new CallExchange(this, begun);
    } catch (error) {
      if (error instanceof RangeError) return { status: 'invalid', reason: error.message };
      throw error;
    }
  }

  call(action: string, payload: object, nowMs: number): Uint8Array | null {
    if (this.version.validators[`${action}Request`]?.(payload) !== true) return null;
    this.open = { id: this.ids.next(nowMs), action };
    return encodeCall(this.open.id, action, payload);
  }
  giveUp(nowMs: number): void {
    if (this.open !== null) this.lastGivenUp = { ...this.open, atMs: nowMs };
    this.open = null;
  }
  asStationCall({ id, action, payload, hash, dropped }: CallFrame, at: Instant, atMs: number): StationCall {
    return { deviceId: this.deviceId, action, messageId: id, hash, payload, dropped, at, atMs };
  }

  private decode(message: Message, bytes: Uint8Array): OcppDecoded {
    switch (message.kind) {
      case 'call':
        return this.decodeCall(message, bytes);
      case 'malformed':
        return this.refused(message.id, '', message.defect, message.reason, bytes);
      case 'stray':
        return this.decoded({ kind: 'stray' }, '', bytes);
      default:
        return this.decodeAnswer(message, bytes);
    }
  }

  private decodeCall({ id, action, payload: said, hash }: CallMessage, bytes: Uint8Array): OcppDecoded {
    const met = this.memory.meet(id, hash);
    if (met === 'reused') return this.refused(id, '', 'id_reused', 'message_id_reused', bytes);
    if (met !== 'new' && met.answer !== null)
      return this.decoded({ kind: 'repeat', answer: met.answer }, action, bytes);
    const { stationActions, platformActions, validators, keyFields, nullIsEmpty } = this.version;
    if (!stationActions.has(action)) {
      const defect = platformActions.has(action) ? 'not_supported' : 'unknown_action';
      return this.refused(id, '', defect, defect, bytes);
    }
    const validator = validators[`${action}Request`];
    if (validator === undefined) return this.refused(id, action, 'internal', 'no_schema', bytes);
    const payload = (said === null || said === undefined) && nullIsEmpty ? EMPTY : said;
    const flaw = findFlaw(validator, payload);
    if (flaw === null) return this.decoded({ kind: 'call', id, action, payload, hash, dropped: [] }, action, bytes);
    const keys = keyFields[action];
    const dropped = keys === undefined || flaw.path === '' ? null : dropBrokenParts(validator, payload as object, keys);
    if (dropped !== null) return this.decoded({ kind: 'call', id, action, payload, hash, dropped }, action, bytes);
    return this.refused(id, action, flaw.defect, `${flaw.keyword} ${flaw.path}`.trimEnd(), bytes);
  }

  private decodeAnswer(message: Extract<Message, { kind: 'result' | 'error' }>, bytes: Uint8Array): OcppDecoded {
    const { open, lastGivenUp } = this;
    const { id } = message;
    const payload = message.kind === 'result' ? (message.payload ?? EMPTY) : undefined;
    if (open?.id !== id) {
      if (lastGivenUp?.id !== id) return this.decoded({ kind: 'stray' }, 'answer', bytes);
      return this.decoded({ kind: 'late', action: lastGivenUp.action, id, payload }, 'answer', bytes);
    }
    this.open = null;
    const { action } = open;
    if (message.kind === 'error') return this.decoded({ ...message, action }, action, bytes);
    const validator = this.version.validators[`${action}Response`];
    const flaw = validator === undefined ? null : findFlaw(validator, payload);
    const frame: OcppFrame =
      flaw === null
        ? { kind: 'answer', action, payload: payload as object }
        : { kind: 'invalid_answer', action, reason: `${flaw.keyword} ${flaw.path}` };
    return this.decoded(frame, action, bytes);
  }

  private decoded(frame: OcppFrame, command: string, bytes: Uint8Array): OcppDecoded {
    return { ok: true, deviceId: this.deviceId, command, ambiguousId: false, bytes, frame };
  }
  /** `command` never holds what a station made up: it becomes the label of a metric. */
  private refused(id: string, command: string, defect: Defect, error: string, bytes: Uint8Array): Refused {
    return { ok: false, deviceId: this.deviceId, command, ambiguousId: false, bytes, error, id, defect };
  }

  private refuse({ id, defect, error, command, bytes }: Refused, at: Instant): Reception {
    const { deviceId, version } = this;
    const code = version.codes[defect];
    const hex = toHex(bytes.subarray(0, KEPT_BYTES));
    const isSettlement = version.settlements.has(command);
    const fact = { deviceId, at, reason: error, command: command === '' ? null : command, hex, isSettlement };
    return {
      facts: [{ type: 'frame.rejected', id: `${deviceId}:refused:${id}:${at}`, ...fact }],
      answer: code === null ? NEVER : { when: 'now', bytes: this.error(id, defect, error) },
    };
  }
  private error(id: string, defect: Defect, description: string): Uint8Array {
    const answer = encodeError(id, this.version.codes[defect] ?? 'GenericError', description);
    // What failed here may succeed when it comes again; what reused an id must not displace what that was answered.
    if (defect !== 'internal' && defect !== 'id_reused') this.memory.answered(id, answer);
    return answer;
  }

  private hear(call: StationCall): Reception {
    const { facts, reply, errands }: Meant = this.station.hear(call);
    return { facts, answer: this.answer(call, reply), ...(errands !== undefined && { errands }) };
  }

  private answer(call: StationCall, reply: Reply): Answer {
    const { messageId } = call;
    switch (reply.when) {
      case 'refused':
        return { when: 'now', bytes: this.error(messageId, reply.defect, reply.reason) };
      case 'now':
        return { when: 'now', bytes: this.result(call, reply.payload) };
      case 'stored':
        // Not remembered: asked again under the same id, it is stored again, for the first time may have failed.
        return {
          when: 'stored',
          bytes: this.encode(call, reply.payload),
          failed: () => this.error(messageId, 'internal', 'not stored'),
        };
      case 'asked': {
        const { question, deadlineMs, payload, concludes, mustBeStored } = reply;
        const encode = (said: Parameters<typeof payload>[0]): Uint8Array => this.result(call, payload(said));
        return {
          when: 'asked',
          question,
          deadlineMs,
          encode,
          ...(mustBeStored === true && { failed: () => this.error(messageId, 'internal', 'not stored') }),
          ...(concludes !== undefined && { concludes }),
        };
      }
      case 'certified': {
        const { question, deadlineMs, payload } = reply;
        return { when: 'certified', question, deadlineMs, encode: (said) => this.result(call, payload(said)) };
      }
    }
  }
  private result(call: StationCall, payload: object | null): Uint8Array {
    if (payload === null) return this.error(call.messageId, 'internal', 'nobody decided');
    const answer = this.encode(call, payload);
    this.memory.answered(call.messageId, answer);
    return answer;
  }
  /** Our own answers keep to the schema, too. */
  private encode({ action, messageId }: StationCall, payload: object): Uint8Array {
    const isValid = this.version.validators[`${action}Response`]?.(payload) === true;
    if (!isValid) return this.error(messageId, 'internal', 'no valid answer');
    return encodeResult(messageId, JSON.stringify(payload));
  }

  private late({ action, id, payload }: Extract<OcppFrame, { kind: 'late' }>, at: Instant, atMs: number): Reception {
    const { lastGivenUp, deviceId } = this;
    this.lastGivenUp = null;
    if (lastGivenUp === null || atMs - lastGivenUp.atMs > LATE_MS) return NOTHING;
    const details = { action, afterMs: atMs - lastGivenUp.atMs, answer: payload ?? null };
    const fact = {
      type: 'device.notice',
      id: `${deviceId}:late:${id}`,
      deviceId,
      at,
      topic: 'late_answer',
      details,
    } as const;
    return { facts: [fact], answer: NEVER };
  }
}
