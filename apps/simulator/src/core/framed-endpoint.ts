import type { FrameCodec, LooseFrame, StreamSplitter } from '@chargebus/protocol-core';
import type { Endpoint, EndpointContext, VirtualDevice } from './protocol';

/** A device whose connection carries whole frames. */
export interface FramedDevice extends VirtualDevice {
  powerUp(): void;
  linkLost(): void;
  close(): void;
  /** False: an answer to nothing that is open here. Orders are always taken. */
  receive(frame: LooseFrame): boolean;
}

/** One connection with one device on it, or several behind a concentrator: splits, routes, counts. */
export class FramedEndpoint<D extends FramedDevice> implements Endpoint<D> {
  private stream: StreamSplitter;

  constructor(
    readonly devices: readonly D[],
    private readonly codec: FrameCodec,
    private readonly openStream: () => StreamSplitter,
    private readonly context: EndpointContext,
  ) {
    this.stream = openStream();
  }

  connected(): void {
    this.stream = this.openStream();
    for (const device of this.devices) device.powerUp();
  }
  received(chunk: Uint8Array): void {
    for (const item of this.stream.push(chunk)) {
      if (item.type === 'frame') this.receiveFrame(item.bytes);
      else this.context.statistics.errors += 1;
    }
  }
  disconnected(): void {
    for (const device of this.devices) device.linkLost();
  }
  close(): void {
    for (const device of this.devices) device.close();
  }

  private receiveFrame(bytes: Uint8Array): void {
    const { statistics } = this.context;
    statistics.framesDown += 1;
    const reading = this.codec.decode(bytes, 'down');
    if (!reading.ok) {
      statistics.errors += 1;
      return;
    }
    const { frame } = reading;
    // A frame that names nobody is for whoever waits for it.
    const named = this.devices.filter(({ deviceId }) => frame.physicalId === '' || deviceId === frame.physicalId);
    if (named.length === 0) statistics.errors += 1;
    else if (!named.some((device) => device.receive(frame))) statistics.surplusAnswers += 1;
  }
}
