import type { ProtocolEventOf } from '@chargebus/events';

type Head = 'id' | 'deviceId' | 'at';
type Heartbeat = ProtocolEventOf<'device.heartbeat'>;
type Replied = ProtocolEventOf<'charge.replied'>;

/** A proof of life; most devices say little with it. Written out, because nothing comes as often. */
export const heartbeat = (
  { id, deviceId, at }: Pick<Heartbeat, Head>,
  { signal = null, attributes = {} }: Partial<Pick<Heartbeat, 'signal' | 'attributes'>> = {},
): Heartbeat => ({
  type: 'device.heartbeat',
  id,
  deviceId,
  at,
  voltageV: null,
  temperatureC: null,
  signal,
  ports: [],
  attributes,
});

/** An answer to a start or stop that says no more than yes or no, and why not. */
export const chargeReplied = (
  said: Pick<Replied, Head | 'portNo' | 'orderRef' | 'action' | 'executed' | 'reason'>,
  more: Pick<Partial<Replied>, 'alreadyDone' | 'unproven' | 'proofWithinS'> = {},
): Replied => ({
  type: 'charge.replied',
  ...said,
  alreadyDone: false,
  unproven: false,
  fault: null,
  waitingPorts: [],
  ...more,
});
