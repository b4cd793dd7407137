import type { DeviceCommandKind } from '@chargebus/domain';

/** What may be done when it is not known whether a device carried an order out. */
export interface OrderRule {
  /** Given twice it has the effect of once, so an attempt that was cut off in the middle may be made again. */
  readonly repeatable: boolean;
  /** Also when the device kept silent through all sends of its protocol. */
  readonly repeatAfterSilence: boolean;
  /** How long the device's answer can take after the first send, resends and what follows them included. */
  readonly replyWindowMs: number;
}

const REPLY_WINDOW_MS = 75_000; // AP3000: two sends of 15 s, then 0x81 and 15 s more, then some

/** It says what shall be, not what shall change: a total, a value, a question. */
const idempotent: OrderRule = { repeatable: true, repeatAfterSilence: true, replyWindowMs: REPLY_WINDOW_MS };
/** Repeating is harmless but pointless once the device was silent: whoever asked has gone, or decides anew. */
const onceAsked: OrderRule = { ...idempotent, repeatAfterSilence: false };
/** Every execution is felt: a door opens again, a voice speaks again. At most once. */
const atMostOnce: OrderRule = { repeatable: false, repeatAfterSilence: false, replyWindowMs: REPLY_WINDOW_MS };

export const ORDER_RULES: Readonly<Record<DeviceCommandKind, OrderRule>> = {
  // Current flows and money is owed: repeated under the same order reference only, which the device answers with
  // "same state" if it has it. After silence it is `session` that looks for evidence and decides (AP3000 §13).
  // YKC: 90 s until energy must flow, then a stop to be safe.
  'charge.start': { ...onceAsked, replyWindowMs: 105_000 },
  'charge.start_parallel': { ...onceAsked, replyWindowMs: 105_000 },
  'charge.stop': idempotent, // a stop is worth repeating for as long as it lives
  'charge.modify': idempotent, // carries totals, not increments
  'status.query': onceAsked,
  'params.get': onceAsked,
  'params.set': idempotent,
  'device.reboot': { ...atMostOnce, replyWindowMs: 150_000 }, // a new registration within 120 s counts as the answer
  'device.factory_reset': atMostOnce,
  'device.locate': atMostOnce,
  'cabinet.open': atMostOnce,
  'voice.play': atMostOnce,
  'voice.set': idempotent,
  'network.refresh': { ...idempotent, replyWindowMs: 900_000 }, // two sends of up to 55 s, then a frame for every socket
  'network.add': { ...idempotent, replyWindowMs: 90_000 },
  'network.remove': { ...idempotent, replyWindowMs: 300_000 }, // may end in a refresh
  'display.set_qr': idempotent,
  'memory.read': onceAsked,
  'memory.write': idempotent,
  'host.set_server': onceAsked, // silence may be the effect: the host has moved
  'host.set_slaves': idempotent,
  'host.clear_slave_firmware': idempotent,
  'firmware.update': { ...atMostOnce, replyWindowMs: 3_600_000 }, // hundreds of packets, then up to 10 min to verify
  'time.sync': onceAsked,
  'billing.set': idempotent,
  'balance.update': idempotent, // carries the balance, not the top-up
  'cards.write': idempotent,
  'cards.remove': idempotent,
  'cards.query': onceAsked,
  'certificate.install': idempotent,
  'credentials.set': idempotent,
  'lock.move': onceAsked, // the arm moves later; whoever asked may have gone
  diagnose: onceAsked,
  reserve: idempotent, // the same id replaces
  'reserve.cancel': idempotent,
  'port.unlock': atMostOnce,
  'port.availability': idempotent,
  'charging_profile.set': idempotent, // the same id replaces
  'charging_profile.clear': idempotent,
  'charging_profile.composite': onceAsked,
  'local_list.send': { ...idempotent, replyWindowMs: 300_000 }, // in as many parts as the device takes
  'local_list.version': onceAsked,
  'cache.clear': idempotent,
  trigger: onceAsked,
  'data.transfer': atMostOnce, // nobody knows what it does
  'certificate.trust': idempotent,
  'certificate.list': onceAsked,
  'certificate.remove': idempotent,
  'transaction.query': onceAsked,
  'cost.show': idempotent,
  'charging_profile.list': onceAsked,
  'display.show': idempotent, // the same id replaces
  'display.remove': idempotent,
  'display.list': onceAsked,
  'customer.information': onceAsked,
  'monitor.set': atMostOnce, // a second one would be another monitor
  'monitor.remove': idempotent,
  'monitor.list': onceAsked,
  'network_profile.set': idempotent,
  'monitor.base': idempotent,
  'monitor.level': idempotent,
  'firmware.publish': idempotent,
  'firmware.unpublish': idempotent,
};
