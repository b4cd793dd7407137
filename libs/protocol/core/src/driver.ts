import type { CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import type { ProtocolEvent } from '@chargebus/events';
import type { Declaration } from './declaration';
import type { ViewFrame } from './frame-view';

/**
 * The seam between the gateway and a protocol. A driver is pure: bytes and times in, bytes and facts out; no socket,
 * clock, timer, logger or database. The gateway owns all of those and knows no protocol's name.
 */
export interface ProtocolDriver<F = unknown> {
  readonly name: string;
  /** Other names of the same protocol, for who writes down what a device speaks. */
  readonly aliases?: readonly string[];
  readonly profile: ProtocolProfile;
  readonly declaration: Declaration;
  /** Whether a connection that began with these bytes speaks this protocol; `more`: they do not tell yet. */
  recognise(start: Uint8Array): 'yes' | 'no' | 'more';
  readonly view: ViewFrame;
  /** State of one connection: stream splitter, routes' counters, duplicate windows. `seed` makes message ids differ between connections. */
  open(seed: number): ProtocolConnection<F>;
}

/**
 * A protocol of whole messages over WebSocket: the handshake has told who speaks (`deviceId`, proved by credentials) and
 * which driver answers (`subprotocol`). `push` takes one text message in UTF-8 at a time and every write is one message.
 */
export interface MessageDriver<F = unknown> {
  readonly name: string;
  readonly subprotocol: string;
  readonly profile: ProtocolProfile;
  readonly declaration: Declaration;
  readonly view: ViewFrame;
  /**
   * `acceptedBefore`: the device was let take part on an earlier connection, so it need not ask for that again.
   * `heartbeatIntervalS`: its own; null or absent: the profile's.
   */
  open(
    seed: number,
    deviceId: DeviceId,
    acceptedBefore: boolean,
    heartbeatIntervalS?: number | null,
  ): ProtocolConnection<F>;
}

/** Timing and limits of the protocol that the gateway applies. */
export interface ProtocolProfile {
  readonly heartbeatIntervalS: number; // the default; presence multiplies it
  readonly commandGapMs: number; // between frames to one device
  readonly connectionGapMs: number; // between writes of commands on one connection
  readonly idleCloseMs: number; // no byte for this long: the connection is dead
  readonly stallMs: number; // unfinished bytes older than this are given up (`stalled`)
  /** An order of the platform does not wait for the answer to an errand. Absent: the device takes one at a time. */
  readonly errandsGiveWay?: boolean;
}

/** A whole frame, decoded as far as it goes. A bad payload is a value, not an exception. */
export type Decoded<F> =
  | {
      readonly ok: true;
      readonly deviceId: DeviceId;
      readonly command: string;
      readonly ambiguousId: boolean;
      readonly bytes: Uint8Array;
      readonly frame: F;
    }
  | {
      readonly ok: false;
      readonly deviceId: DeviceId;
      readonly command: string;
      readonly ambiguousId: boolean;
      readonly bytes: Uint8Array;
      readonly error: string;
    };

export interface ProtocolConnection<F> {
  /** Feeds what the socket gave; whole frames come out in order, noise is counted. Does not keep `chunk`. */
  push(chunk: Uint8Array): readonly Decoded<F>[];
  /** No byte came for `stallMs` while bytes wait: gives up false starts and returns what was hidden behind them. */
  stalled(): readonly Decoded<F>[];
  readonly pendingBytes: number;
  /** Since the connection opened. */
  readonly discardedBytes: number;
  readonly checksumErrors: number;
  /** The device was let take part on this connection. Absent: no device of this protocol asks for that. */
  readonly isAccepted?: boolean;
  /** What the frame means and what it is answered with. `at` is when it arrived, `atMs` the same in epoch ms. */
  receive(decoded: Decoded<F>, at: Instant, atMs: number): Reception;
  /**
   * Begins to carry out an order; an outcome at once when this protocol or model cannot. `reissued`: an earlier attempt,
   * perhaps on another connection, may have reached the device.
   */
  begin(deviceId: DeviceId, command: DeviceCommand, reissued: boolean): Exchange<F> | CommandOutcome;
}

export interface Reception {
  readonly facts: readonly ProtocolEvent[];
  readonly answer: Answer;
  /** What the connection itself wants done next (time after a log-in, settings after a boot): behind the platform's orders. */
  readonly errands?: readonly DeviceCommand[];
  /** The connection ends once the answer is written: the device was refused. */
  readonly closes?: boolean;
}
export type Answer =
  | { readonly when: 'never' }
  /** Keep-alive: nothing is lost when it was answered and we die. */
  | { readonly when: 'now'; readonly bytes: Uint8Array }
  /** Only after the bus has acknowledged `facts`: the device repeats until then. */
  | {
      readonly when: 'stored';
      readonly bytes: Uint8Array;
      /** Said instead when the bus takes too long, by protocols in which silence is no answer. */
      readonly failed?: () => Uint8Array;
    }
  /** Somebody must decide first. `encode(null)`: nobody did within `deadlineMs`; null back: stay silent. */
  | {
      readonly when: 'asked';
      readonly question: Question;
      readonly deadlineMs: number;
      readonly encode: (reply: QuestionReply | null) => Uint8Array | null;
      /** As of `stored`, where the device forgets what it said with any answer. Absent: `encode(null)` is said then. */
      readonly failed?: () => Uint8Array;
      /** Facts that depend on the reply. They are stored before it is encoded. */
      readonly concludes?: (reply: QuestionReply | null) => readonly ProtocolEvent[];
    }
  /** As `asked`, of the operator's certification authority. The order `certificate.install` follows an acceptance. */
  | {
      readonly when: 'certified';
      readonly question: CertificateQuestion;
      readonly deadlineMs: number;
      readonly encode: (reply: CertificateReply | null) => Uint8Array | null;
    };

/** What a device asks of the platform; the same question again has the same `causeId` and gets the same answer. */
export interface Question {
  readonly kind: 'card.authorise';
  readonly deviceId: DeviceId;
  readonly causeId: string;
  readonly cardId: string;
  readonly cardNumber: string;
  /** How else the same token may have been written down. */
  readonly aliases?: readonly string[];
  /** What kind of token it is (`card`, `vin`, `app`; OCPP 2.0.1's types in lower case); absent: a card. */
  readonly tokenType?: string;
  readonly portNo: number | null;
  /** What makes a start the same start, of devices that want their charge numbered by us. Absent: no number is wanted. */
  readonly transactionKey?: string;
}
export interface QuestionReply {
  readonly decision:
    | 'accepted'
    | 'unknown_card'
    | 'insufficient_balance'
    | 'expired'
    | 'blocked'
    | 'device_not_registered'
    | 'port_fault';
  readonly rateMode: 'time' | 'monthly' | 'energy' | 'per_charge';
  readonly balanceFen: number | null;
  readonly expiresAt: Instant | null;
  /** Tokens of one group may end each other's charges (OCPP `parentIdTag`, `groupIdToken`). */
  readonly groupId?: string | null | undefined;
  /** The number that was wanted; the same for the same key. */
  readonly transactionNo?: number | undefined;
}
/** A device made a key pair and wants the public one certified; asked again, it gets another certificate. */
export interface CertificateQuestion {
  readonly kind: 'certificate.sign';
  readonly deviceId: DeviceId;
  readonly csrPem: string; // PKCS#10
  readonly use: 'station' | 'v2g'; // what for: towards us, or towards vehicles (ISO 15118)
}
export interface CertificateReply {
  readonly decision: 'accepted' | 'rejected';
  readonly reason: string | null; // why rejected; for logs
}

/**
 * One order being carried out: what to send, when to send it again, which frames answer it. The gateway runs one per
 * device at a time, arms the timers and keeps the gaps. Every uplink frame of the device is shown to it, besides going
 * through `receive`.
 */
export interface Exchange<F> {
  start(nowMs: number): ExchangeStep;
  /** Null: the frame is none of ours. */
  onFrame(decoded: Decoded<F>, at: Instant, nowMs: number): ExchangeStep | null;
  /** `waitMs` of the last step went by. */
  onTimeout(nowMs: number): ExchangeStep;
  /** The connection ended after something was sent, and that says more than "no reply": a reboot was obeyed. */
  onClosed?(): CommandOutcome;
}
export interface ExchangeStep {
  readonly send?: readonly Uint8Array[]; // in this order, each keeping the gaps; with `finish` written before it
  readonly facts?: readonly ProtocolEvent[];
  readonly waitMs?: number; // from the last write; absent with `finish`
  readonly finish?: CommandOutcome;
}
