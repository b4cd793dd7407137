import type { Model } from './models';

/** How a fleet's AP3000 devices behave; the same for all of them. Times are device time. */
export interface Ap3000Settings {
  readonly model: Model;
  /** `direct`: a connection each. `host`: slaves behind a host of their own. `combined`: the first socket is the host. */
  readonly topology: 'direct' | 'host' | 'combined';
  readonly slavesPerHost: number; // 1 to 50; the host socket of a combined one included
  /** Number of the first device; the others follow. The physical id is the model's type code and this number. */
  readonly firstDeviceNo: number;
  readonly heartbeatIntervalS: number; // until 83 sets another
  readonly reportIntervalS: number; // between the 06 of one charge; Infinity: never by itself
  /** How long an order waits before its reply; drawn between the two. */
  readonly replyDelayMs: readonly [number, number];
  /** An order repeated with the same message id: executed `again` (the reply may differ) or its reply `remembered`. */
  readonly repeatedOrders: 'again' | 'remembered';
  /** Refuse images without a verification packet (result 4). */
  readonly verifiesFirmware: boolean;
}
