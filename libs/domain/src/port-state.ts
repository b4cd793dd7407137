import { z } from 'zod';

/**
 * What a port is doing. `plugged`: vehicle there, nobody started. `suspended`: a charge during which no energy flows for
 * now, by the vehicle's or the device's wish. `finished`: vehicle there, charge over. `unavailable`: out of service by
 * order. `unknown`: the device said something that no document explains.
 */
export const PortState = z.enum([
  'idle',
  'plugged',
  'charging',
  'suspended',
  'finished',
  'reserved',
  'unavailable',
  'fault',
  'unknown',
]);
export type PortState = z.infer<typeof PortState>;

/** A charge is under way. */
export const PORT_STATES_CHARGING: readonly PortState[] = ['charging', 'suspended'];
