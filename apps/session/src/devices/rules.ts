/** Every waiting time and threshold that decisions use. Defaults and their reasons: `config.ts`. */
export interface Rules {
  readonly connectionGraceMs: number;
  readonly evidenceWindowMs: number; // a start without a clear answer may still prove itself
  readonly rejectedReplyMs: number; // the device's own answer, which says more, may still come
  readonly submitRetryMs: number; // an order that `command` has not taken yet is given again
  readonly startExpiryMs: number;
  readonly stopExpiryMs: number;
  readonly stopRetryMs: number; // a limit or condition orders the next stop not before this
  readonly stopRepeatMs: number; // an accepted stop, or a refusal, that ends no transaction is followed by a stop
  readonly settlementGraceMs: number; // the port charges no more, and its settlement may still come
  readonly transactionGapMs: number; // steps of a transaction that has ended may still come
  readonly transactionStopGraceMs: number; // the same as settlementGraceMs, of charges that devices name
  readonly orphanAfterMs: number; // an interrupted charge is given up
  readonly limitOverrunMs: number; // beyond a time limit without any sample
  readonly lowPowerHoldS: number;
  readonly latchedFaultMs: number; // a fault without an end message is closed
  readonly defaultNotifyIntervalS: number; // of charges that nobody ordered
  readonly lastSeenStepMs: number; // how exactly the row follows frames that change nothing else
}
