import { ap3000Driver } from '@chargebus/protocol-ap3000';
import { bkvDriver } from '@chargebus/protocol-bkv';
import type { MessageDriver, ProtocolDriver } from '@chargebus/protocol-core';
import { ocpp16Driver, ocpp201Driver } from '@chargebus/protocol-ocpp';
import { ykcDriver } from '@chargebus/protocol-ykc';

/** Every protocol that this gateway speaks. A new one is added here and nowhere else. */
export const drivers: readonly ProtocolDriver[] = [ap3000Driver, bkvDriver, ykcDriver];

/** Every protocol of the WebSocket door, told apart by its subprotocol. */
export const messageDrivers: readonly MessageDriver[] = [ocpp16Driver, ocpp201Driver];
