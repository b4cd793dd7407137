import { isOrderTag, isTokenOf } from '@chargebus/domain';
import type { DeviceId, TenantId } from '@chargebus/domain';
import type { ChargeNameRepository } from '@chargebus/persistence/session';

/** Drivers make numbers of connectors 1 to 63 themselves (OCPP 1.6): ours are those of connector 0. */
const CONNECTORS = 64;
const NUMBERS = 2 ** 25 - 1;
/** References of orders, which some wires carry whole. */
const ORDER_REF = /^\d{32}$/;

/** What charges are called on wires that leave that to us: numbers of charges, and cards that stand for orders. */
export class ChargeNames {
  constructor(private readonly repository: ChargeNameRepository) {}

  /** The same for the same start, whenever it is asked; no other start of any device gets it. */
  async number(tenantId: TenantId, deviceId: DeviceId, startKey: string): Promise<number> {
    const number = await this.repository.numberOf(tenantId, deviceId, startKey);
    return (1 + ((number - 1) % NUMBERS)) * CONNECTORS;
  }

  /** Whether a one-time card may charge: while its order is open. Null: it is no such card. */
  async decide(tenantId: TenantId, deviceId: DeviceId, cardId: string): Promise<'accepted' | 'unknown_card' | null> {
    if (!isOrderTag(cardId) && !ORDER_REF.test(cardId)) return null;
    const orders = await this.repository.openOrders(tenantId, deviceId);
    return orders.some((orderRef) => isTokenOf(orderRef, cardId)) ? 'accepted' : 'unknown_card';
  }
}
