import { none, told } from '@chargebus/protocol-core';
import type { Declaration } from '@chargebus/protocol-core';
import { capabilities } from './exchanges/begin';

export const declaration: Declaration = {
  orders: capabilities,
  facts: {
    'device.registered': told(),
    'device.heartbeat': told(),
    'port.status': none('states of ports come with the heartbeat'),
    'charge.started': told(),
    'charge.replied': told(),
    'charge.progress': told(),
    'charge.settled': told(),
    'charge.transaction': none('a settlement has the totals'),
    'device.fault': told(),
    'device.fault_cleared': told('smoke of hosts; alarms of devices have no end'),
    'card.swiped': told(),
    'firmware.progress': told(),
    'device.network': none('no radio sockets'),
    'device.inventory': told('by hosts'),
    'device.notice': none('no such report'),
  },
};
