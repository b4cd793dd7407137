import { layout, u32le } from '@chargebus/protocol-core';

/** Answer to the questions for the time, 0x22 of devices and 0x12 of hosts ↓: Unix seconds, UTC. */
export const timeAnswer = layout('AP3000 §9 0x22', { timestamp: u32le });
