import { z } from 'zod';

/**
 * What a port is doing. `plugged`: vehicle there, nobody started. `finished`: vehicle there, charge over.
 * `unknown`: the device said something that no document explains.
 */
export const PortState = z.enum(['idle', 'plugged', 'charging', 'finished', 'fault', 'unknown']);
export type PortState = z.infer<typeof PortState>;

export const PORT_STATES_CHARGING: readonly PortState[] = ['charging'];
