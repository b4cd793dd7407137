import { layout, u8 } from '@chargebus/protocol-core';
import { characters, packedTime, textBeforeLastByte } from '../fields';

export const heartbeat = layout('bkv §5', { iccid: characters(20), firmware: textBeforeLastByte, rssi: u8 });
export const heartbeatReply = layout('bkv §5', { time: packedTime });
