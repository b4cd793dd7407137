import type { CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import type { Decoded, Exchange, ProtocolConnection, Reception, StreamItem } from '@chargebus/protocol-core';
import { COMMANDS } from '../commands/command-table';
import { beginExchange } from '../exchanges/begin';
import {
  BODY_START,
  bodyEnd,
  crcOrderAt,
  decodeBody,
  isEncrypted,
  pileCodeOf,
  sequenceOf,
  typeOf,
  wrapBody,
} from '../frame';
import type { YkcFrame } from '../frame';
import { meaningOf } from '../meanings/meanings';
import { rejection, stranger } from '../meanings/rejection';
import type { YkcOptions } from '../options';
import { YkcStream } from '../stream';
import type { Incoming } from './incoming';
import type { PileBook } from './pile-book';
import { PileMemory } from './pile-memory';

type YkcDecoded = Decoded<YkcFrame>;

/** Repeated until confirmed, or asked again: their ids are made of their content, and every copy is handled. */
const ALWAYS_NEWS: ReadonlySet<string> = new Set(['3B', '31', 'A1']);

/** One TCP connection; it carries one pile, or several behind a concentrator. */
export class YkcConnection implements ProtocolConnection<YkcFrame> {
  private readonly stream: YkcStream;
  private readonly piles = new Map<string, PileMemory>();
  private lastPile: string | null = null; // whom a frame without a readable pile code is put down to
  private unattributedBytes = 0;
  private sequence = -1;

  constructor(
    _seed: number, // sequences begin at 0 with every connection
    private readonly options: YkcOptions,
    private readonly book: PileBook,
  ) {
    this.stream = new YkcStream(options.maxLength);
  }

  push(chunk: Uint8Array): readonly YkcDecoded[] {
    return this.decodeAll(this.stream.push(chunk));
  }
  stalled(): readonly YkcDecoded[] {
    return this.decodeAll(this.stream.stalled());
  }
  get pendingBytes(): number {
    return this.stream.pending.length;
  }
  /** With whole frames that name no pile, on a connection that has none yet. */
  get discardedBytes(): number {
    return this.stream.discardedBytes + this.unattributedBytes;
  }
  get checksumErrors(): number {
    return this.stream.checksumErrors;
  }

  receive(decoded: YkcDecoded, at: Instant, atMs: number): Reception {
    const { deviceId, command, bytes } = decoded;
    const pile = this.pileOf(deviceId);
    const incoming: Incoming = { deviceId, command, bytes, at, atMs, pile };
    const isStranger = this.options.requireLogin && !pile.loggedIn && command !== '01';
    if (!decoded.ok) return rejection(decoded.error, incoming);
    if (isStranger) return stranger(incoming);
    const { fields } = decoded.frame;
    const isRepeat =
      !ALWAYS_NEWS.has(command) && pile.isRepeat(typeof fields.gun === 'number' ? fields.gun : 0, bytes, atMs);
    const reception = meaningOf(command, fields, incoming);
    if (isRepeat) return { facts: [], answer: reception.answer };
    return command === '01' && this.isRefused ? { ...reception, closes: true } : reception;
  }

  begin(deviceId: DeviceId, command: DeviceCommand, reissued: boolean): Exchange<YkcFrame> | CommandOutcome {
    const pile = this.pileOf(deviceId);
    if (this.options.requireLogin && !pile.loggedIn) return { status: 'offline' };
    const nextSequence = (): number => (this.sequence = (this.sequence + 1) & 0xffff);
    return beginExchange(command, { deviceId, pile, reissued, nextSequence });
  }

  /** Nobody on the connection is wanted; behind a concentrator the others go on. */
  private get isRefused(): boolean {
    return [...this.piles.values()].every(({ loggedIn }) => !loggedIn);
  }

  private decodeAll(items: readonly StreamItem[]): readonly YkcDecoded[] {
    const frames: YkcDecoded[] = [];
    for (const item of items) {
      if (item.type !== 'frame') continue;
      const decoded = this.decode(item.bytes);
      if (decoded === null) this.unattributedBytes += item.bytes.length;
      else frames.push(decoded);
    }
    return frames;
  }

  /** Null: nobody can be made responsible for the frame. */
  private decode(wire: Uint8Array): YkcDecoded | null {
    const order = crcOrderAt(wire, 0, wire.length - 4) ?? 'either';
    const bytes = isEncrypted(wire) ? this.decipher(wire) : wire;
    const named = isEncrypted(bytes) ? null : pileCodeOf(bytes, 'up');
    const pileCode = named ?? this.lastPile;
    if (pileCode === null) return null;
    const deviceId = pileCode as DeviceId;
    this.pileOf(deviceId).learn(order);
    const decoded = decodeBody(bytes, 'up', order, named ?? '');
    const command = COMMANDS.up[typeOf(bytes)]?.name ?? '';
    return decoded.ok
      ? { ok: true, deviceId, command, ambiguousId: false, bytes, frame: decoded.frame }
      : { ok: false, deviceId, command, ambiguousId: false, bytes, error: decoded.error };
  }

  /** The frame as it would have been in the clear; itself where there is no cipher for it. */
  private decipher(wire: Uint8Array): Uint8Array {
    const { cipher } = this.lastPile === null ? this.options.defaults : this.pileOf(this.lastPile).dialect;
    const body = cipher?.decrypt(wire.subarray(BODY_START, bodyEnd(wire))) ?? null;
    return body === null ? wire : wrapBody(typeOf(wire), sequenceOf(wire), body, 'lo-hi');
  }

  private pileOf(pileCode: string): PileMemory {
    let pile = this.piles.get(pileCode);
    if (pile === undefined) {
      pile = new PileMemory({ ...this.options.defaults, ...this.options.dialectOf(pileCode) }, this.book.of(pileCode));
      this.piles.set(pileCode, pile);
    }
    this.lastPile = pileCode;
    return pile;
  }
}
