import type { CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import { fingerprint32 } from '@chargebus/protocol-core';
import type { Decoded, Exchange, ProtocolConnection, Reception, StreamItem } from '@chargebus/protocol-core';
import { isKnown } from '../commands/command-table';
import { beginExchange } from '../exchanges/begin';
import { commandOf, decodeWhole, gatewayIdOf, isFrom, serialOf } from '../frame';
import type { BkvFrame } from '../frame';
import { findMeaning } from '../meanings/meanings';
import { isSettlement, rejection } from '../meanings/rejection';
import type { BkvOptions } from '../options';
import { BkvStream } from '../stream';
import { DeviceMemory } from './device-memory';
import { NO_MEANING } from './incoming';
import type { Incoming } from './incoming';

type BkvDecoded = Decoded<BkvFrame>;

/** One TCP connection; it carries one gateway with its sockets. */
export class BkvConnection implements ProtocolConnection<BkvFrame> {
  private readonly stream = new BkvStream();
  private readonly devices = new Map<string, DeviceMemory>();

  constructor(
    private readonly seed: number,
    private readonly options: BkvOptions,
  ) {}

  push(chunk: Uint8Array): readonly BkvDecoded[] {
    return decodeAll(this.stream.push(chunk));
  }
  stalled(): readonly BkvDecoded[] {
    return decodeAll(this.stream.stalled());
  }
  get pendingBytes(): number {
    return this.stream.pending.length;
  }
  get discardedBytes(): number {
    return this.stream.discardedBytes;
  }
  get checksumErrors(): number {
    return this.stream.checksumErrors;
  }

  receive(decoded: BkvDecoded, at: Instant, atMs: number): Reception {
    const { deviceId, command, bytes } = decoded;
    const device = this.deviceOf(deviceId);
    const incoming: Incoming = {
      deviceId,
      command,
      serial: serialOf(bytes),
      bytes,
      fingerprint: fingerprint32(bytes),
      at,
      atMs,
      device,
      options: this.options,
    };
    return isSettlement(command) && decoded.ok ? meaningOf(decoded, incoming) : receiveOnce(decoded, incoming);
  }

  begin(deviceId: DeviceId, command: DeviceCommand, reissued: boolean): Exchange<BkvFrame> | CommandOutcome {
    return beginExchange(command, { deviceId, device: this.deviceOf(deviceId), options: this.options, reissued });
  }

  private deviceOf(deviceId: string): DeviceMemory {
    let device = this.devices.get(deviceId);
    if (device === undefined) {
      device = new DeviceMemory(this.seed);
      this.devices.set(deviceId, device);
    }
    return device;
  }
}

/** Frames that are not from a device (an echo, a loop) are whole, but nothing is decided upon them. */
function decodeAll(items: readonly StreamItem[]): readonly BkvDecoded[] {
  const frames: BkvDecoded[] = [];
  for (const item of items)
    if (item.type === 'frame' && isFrom(item.bytes, 'up')) frames.push(decodeUplink(item.bytes));
  return frames;
}

function decodeUplink(bytes: Uint8Array): BkvDecoded {
  const decoded = decodeWhole(bytes, 'up');
  if (!decoded.ok) {
    const deviceId = gatewayIdOf(bytes) as DeviceId;
    return { ...decoded, deviceId, command: commandOf(bytes), ambiguousId: false, bytes };
  }
  const { frame } = decoded;
  const { command, physicalId } = frame;
  return { ok: true, deviceId: physicalId as DeviceId, command, ambiguousId: false, bytes, frame };
}

function meaningOf(decoded: BkvDecoded, incoming: Incoming): Reception {
  if (!decoded.ok) return rejection(decoded.error, incoming);
  const meaning = findMeaning(decoded.command);
  if (meaning !== null) return meaning(decoded.frame.fields, incoming);
  return isKnown('up', decoded.command) ? NO_MEANING : rejection('unknown_command', incoming);
}

/** A retransmission gets the answer again and is no news. */
function receiveOnce(decoded: BkvDecoded, incoming: Incoming): Reception {
  const { repeats } = incoming.device;
  const { fingerprint, bytes, atMs } = incoming;
  const earlier = repeats.find(fingerprint, fingerprint, bytes.length, atMs);
  if (earlier !== null) return { facts: [], answer: earlier };
  const reception = meaningOf(decoded, incoming);
  repeats.keep(reception.answer);
  return reception;
}
