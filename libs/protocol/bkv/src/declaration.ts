import { concluded, none, told } from '@chargebus/protocol-core';
import type { Declaration } from '@chargebus/protocol-core';
import { capabilities } from './exchanges/begin';

export const declaration: Declaration = {
  orders: capabilities,
  facts: {
    'device.registered': told(),
    'device.heartbeat': told(),
    'port.status': told(),
    'charge.started': told('after a card'),
    'charge.replied': told(),
    'charge.progress': told(),
    'charge.settled': told(),
    'charge.transaction': none('a settlement has the totals'),
    'device.fault': told(),
    'device.fault_cleared': told(),
    'card.swiped': told(),
    'firmware.progress': concluded('the request is told; the new version is seen in a heartbeat'),
    'device.network': concluded('the list that the gateway took: it never tells its own'),
    'device.inventory': none('see device.network'),
    'device.notice': none('no such report'),
  },
};
