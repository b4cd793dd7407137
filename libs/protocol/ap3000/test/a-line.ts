import type { DeviceId } from '@chargebus/domain';
import { DriverLine } from '@chargebus/protocol-core/conformance';
import { ap3000Codec, createAp3000Driver } from '../src';
import type { Ap3000Frame, Ap3000Options } from '../src';

export const DEVICE = '04A26CF3' as DeviceId;
export const ORDER = '434e3230323530393031303030303131';

/** A line with one device, which counts its messages from 1000. */
export class Line extends DriverLine<Ap3000Frame> {
  constructor(deviceId: DeviceId = DEVICE, options: Partial<Ap3000Options> = {}) {
    let nextId = 1000;
    super({ driver: createAp3000Driver(options), codec: ap3000Codec, deviceId, messageIds: () => nextId++ });
  }
  /** Bytes outside frames. */
  pushes(text: string): void {
    this.connection.push(Buffer.from(text, 'latin1'));
  }
}
