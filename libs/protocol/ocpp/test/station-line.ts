import { DeviceId, toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import type { ProtocolEvent, ProtocolEventOf } from '@chargebus/events';
import type { Exchange, ExchangeStep, MessageDriver, QuestionReply, Reception } from '@chargebus/protocol-core';
import type { OcppFrame } from '../src/connection/frame';

export const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);
export const AT = toInstant(AT_MS);
export const STATION = DeviceId.parse('CS-1');
export const ACCEPTED: QuestionReply = { decision: 'accepted', rateMode: 'time', balanceFen: null, expiresAt: null };
const encode = (message: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(message));
const decode = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** Facts with those that follow from the reply. */
export interface Said extends Reception {
  /** The answer as the station gets it when the question, if any, was answered with `ACCEPTED`. */
  readonly message: unknown;
}

/** One station on one connection, spoken for message by message. */
export class StationLine {
  readonly connection;
  nowMs = AT_MS;
  private lastId = 0;
  private running: Exchange<OcppFrame> | null = null;

  constructor(driver: MessageDriver<OcppFrame>, seed = 1, acceptedBefore = true, heartbeatIntervalS?: number) {
    this.connection = driver.open(seed, STATION, acceptedBefore, heartbeatIntervalS);
  }

  /** A CALL of the station; shown to the order under way, too. */
  says(action: string, payload: object, reply: QuestionReply | null = ACCEPTED, id = `m${++this.lastId}`): Said {
    return this.sends([2, id, action, payload], reply);
  }
  sends(message: unknown, reply: QuestionReply | null = ACCEPTED): Said {
    const [decoded] = this.connection.push(encode(message));
    if (decoded === undefined) throw new Error('no message came out');
    const reception = this.connection.receive(decoded, toInstant(this.nowMs), this.nowMs);
    const { answer } = reception;
    const bytes =
      answer.when === 'never'
        ? null
        : answer.when === 'asked'
          ? answer.encode(reply)
          : answer.when === 'certified'
            ? answer.encode({ decision: 'accepted', reason: null })
            : answer.bytes;
    const step = this.running?.onFrame(decoded, toInstant(this.nowMs), this.nowMs);
    if (step != null) this.steps.push(step);
    const concluded = answer.when === 'asked' ? (answer.concludes?.(reply) ?? []) : [];
    const facts = [...reception.facts, ...concluded];
    return { ...reception, facts, message: bytes === null ? null : decode(bytes) };
  }
  /** The first fact of this type. */
  fact<T extends ProtocolEvent['type']>(type: T, action: string, payload: object): ProtocolEventOf<T> {
    const found = this.says(action, payload).facts.find((fact) => fact.type === type);
    if (found === undefined) throw new Error(`no ${type}`);
    return found as ProtocolEventOf<T>;
  }

  private steps: ExchangeStep[] = [];
  begin(command: DeviceCommand, reissued = false): CommandOutcome | null {
    const begun = this.connection.begin(STATION, command, reissued);
    this.steps = [];
    if ('status' in begun) return begun;
    this.running = begun;
    this.steps.push(begun.start(this.nowMs));
    return this.outcome;
  }
  /** What we called last; null: nothing since the last answer. */
  get call(): { readonly id: string; readonly action: string; readonly payload: unknown } | null {
    const bytes = this.steps.at(-1)?.send?.at(-1);
    if (bytes === undefined) return null;
    const [, id, action, payload] = decode(bytes) as [number, string, string, unknown];
    return { id, action, payload };
  }
  answers(payload: object): void {
    this.sends([3, this.call?.id, payload]);
  }
  refuses(code: string): void {
    this.sends([4, this.call?.id, code, '', {}]);
  }
  keepsSilent(): void {
    const step = this.running?.onTimeout(this.nowMs);
    if (step !== undefined) this.steps.push(step);
  }
  get outcome(): CommandOutcome | null {
    return this.steps.at(-1)?.finish ?? null;
  }
  get orderFacts(): readonly ProtocolEvent[] {
    return this.steps.flatMap(({ facts = [] }) => facts);
  }
}
