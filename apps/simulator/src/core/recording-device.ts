import { BasicDevice } from './basic-device';
import type { BasicDeviceOptions } from './basic-device';
import type { LooseFrame } from '@chargebus/protocol-core';
import type { FramedDevice } from './framed-endpoint';
import type { ChargeTerms } from './outlets';
import type { EndpointContext } from './protocol';
import { RecordBox } from './record-box';
import { ReplyDesk } from './reply-desk';

export interface RecordingDeviceOptions extends BasicDeviceOptions {
  readonly replyDelayMs: readonly [number, number];
  readonly recordAfterMs: number;
  readonly recordWaitsMs: readonly number[];
}

/** A device of frames that keeps the record of each charge until it is answered. */
export abstract class RecordingDevice<T extends ChargeTerms> extends BasicDevice<T> implements FramedDevice {
  protected readonly records: RecordBox;
  protected readonly replies: ReplyDesk;

  constructor(options: RecordingDeviceOptions, context: EndpointContext) {
    super(options, context);
    const { replyDelayMs, recordAfterMs, recordWaitsMs } = options;
    this.replies = new ReplyDesk({ ...context, replyDelayMs, sendReply: (bytes) => this.send(bytes) });
    this.records = new RecordBox({
      ...context,
      firstAfterMs: recordAfterMs,
      waitsMs: recordWaitsMs,
      send: (bytes) => this.registered && this.send(bytes),
      onExhausted: () => {
        this.recordIgnored();
      },
      changed: () => {
        this.changed();
      },
    });
  }

  abstract receive(frame: LooseFrame): boolean;

  override linkLost(): void {
    this.records.pause();
    super.linkLost();
  }
  override close(): void {
    super.close();
    this.records.close();
  }
  protected override becomeRegistered(): void {
    const isNews = !this.registered;
    super.becomeRegistered();
    if (isNews) this.records.resume();
  }
  /** A record went unanswered to the end of its schedule. */
  protected abstract recordIgnored(): void;
}
