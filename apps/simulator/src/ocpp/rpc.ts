import type { Clock, Timer } from '../core/clock';

export type Payload = Readonly<Record<string, unknown>>;
/** What a handler says: an answer, or an error code of OCPP-J. */
export type Answer = Payload | { readonly errorCode: string };

const CALL = 2;
const RESULT = 3;
const ERROR = 4;
const CALL_TIMEOUT_MS = 30_000;
/** However fast device time runs, the platform gets this long, in real milliseconds. */
const LEAST_PATIENCE_REAL_MS = 5_000;

export interface QueuedCall {
  readonly action: string;
  /** Made when it is sent: an id may only be known by then. */
  readonly payload: () => Payload;
  /** Kept while there is no connection, in order, and sent until it is answered: messages about transactions. */
  readonly durable: boolean;
  readonly onResult: (result: Payload) => void;
  /** The platform said CALLERROR, or nothing. */
  readonly onError?: (code: string) => void;
  readonly messageId?: string;
}
export interface RpcContext {
  readonly clock: Clock;
  /** False: not connected. */
  send(text: string): boolean;
  handle(action: string, payload: Payload): Answer | null; // null: not implemented
  surplus(): void;
  retransmitted(): void;
}

/** OCPP-J at a station: one open CALL, the others wait; durable ones survive the connection. */
export class Rpc {
  private readonly queue: QueuedCall[] = [];
  private open: { readonly call: QueuedCall; readonly id: string; readonly timer: Timer } | null = null;
  private nextNo = 0;
  private up = false;

  constructor(
    private readonly context: RpcContext,
    private readonly prefix: string,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }
  connected(): void {
    this.up = true;
  }
  disconnected(): void {
    this.up = false;
    this.open?.timer.cancel();
    if (this.open?.call.durable === true) this.queue.unshift(this.open.call);
    this.open = null;
    const kept = this.queue.filter(({ durable }) => durable);
    this.queue.splice(0, this.queue.length, ...kept);
  }

  /** `first`: before everything that waits, as a boot must be. */
  call(call: QueuedCall, first = false): void {
    if (!this.up && !call.durable) return;
    if (first) this.queue.unshift(call);
    else this.queue.push(call);
    this.pump();
  }
  /** Whether the platform lets messages through other than the boot. */
  released = false;
  pump(): void {
    if (!this.up || this.open !== null) return;
    const at = this.released ? 0 : this.queue.findIndex(({ action }) => action === 'BootNotification');
    const [call] = at < 0 ? [] : this.queue.splice(at, 1);
    if (call === undefined) return;
    const id = `${this.prefix}-${++this.nextNo}`;
    const { clock } = this.context;
    const timer = clock.after(Math.max(CALL_TIMEOUT_MS, clock.fromReal(LEAST_PATIENCE_REAL_MS)), () => {
      this.settled(call, 'Timeout');
    });
    this.open = { call, id, timer };
    this.context.send(JSON.stringify([CALL, id, call.action, call.payload()]));
  }

  /** False: the message was none. */
  receive(text: string): boolean {
    const message = parse(text);
    if (message === null) return false;
    const [type, id, third, fourth] = message;
    if (type === CALL) this.answer(String(id), String(third), (fourth ?? {}) as Payload);
    else if (type === RESULT || type === ERROR) this.answered(String(id), type, third);
    else return false;
    return true;
  }

  private answer(id: string, action: string, payload: Payload): void {
    const answer = this.context.handle(action, payload);
    if (answer === null || 'errorCode' in answer)
      this.context.send(JSON.stringify([ERROR, id, answer?.errorCode ?? 'NotImplemented', '', {}]));
    else this.context.send(JSON.stringify([RESULT, id, answer]));
  }
  private answered(id: string, type: number, third: unknown): void {
    if (this.open?.id !== id) {
      this.context.surplus();
      return;
    }
    const { call } = this.open;
    if (type === ERROR) this.settled(call, String(third));
    else {
      this.close();
      call.onResult((third ?? {}) as Payload);
      this.pump();
    }
  }
  /** A durable message that could not be handled is sent again; a defect in it would not go away. */
  private settled(call: QueuedCall, code: string): void {
    this.close();
    if (call.durable && (code === 'Timeout' || code === 'InternalError')) {
      this.context.retransmitted();
      this.queue.unshift(call);
    } else call.onError?.(code);
    this.pump();
  }
  private close(): void {
    this.open?.timer.cancel();
    this.open = null;
  }
}

function parse(text: string): readonly unknown[] | null {
  try {
    const message: unknown = JSON.parse(text);
    return Array.isArray(message) && message.length >= 3 ? message : null;
  } catch {
    return null;
  }
}
