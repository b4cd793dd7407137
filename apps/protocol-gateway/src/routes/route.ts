import { partitionOf } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import type { Subscription } from '@nats-io/nats-core';
import type { DeviceLink } from '../links/device-link';
import type { Lane } from '../orders/lane';

/** Where a device can be reached. It outlives a change of connection within this process, and so do its orders. */
export class Route {
  readonly part: number;
  /** Any frame to the device, answers too: the next order keeps its distance from it. */
  lastSentMs = -Infinity;
  lane: Lane | null = null; // only while there are orders
  subscription: Subscription | null = null;

  constructor(
    readonly deviceId: DeviceId,
    public link: DeviceLink,
    /** Counts the claims of this process: makes the facts of two stays on one connection differ. */
    public claimNo: number,
    public claimedMs: number,
    public lastFrameMs: number,
  ) {
    this.part = partitionOf(deviceId);
  }
}
