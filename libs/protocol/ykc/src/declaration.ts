import { concluded, none, told } from '@chargebus/protocol-core';
import type { Declaration } from '@chargebus/protocol-core';
import { capabilities } from './exchanges/begin';

export const declaration: Declaration = {
  orders: capabilities,
  facts: {
    'device.registered': told(),
    'device.heartbeat': told(),
    'port.status': told(),
    'charge.started': concluded('the first realtime report of a trade'),
    'charge.replied': told(),
    'charge.progress': told(),
    'charge.settled': told(),
    'charge.transaction': none('a settlement has the totals'),
    'device.fault': told(),
    'device.fault_cleared': told(),
    'card.swiped': told('a VIN too'),
    'firmware.progress': none('the log-in after it tells the version'),
    'device.network': none('no radio sockets'),
    'device.inventory': none('nothing hangs behind a pile'),
    'device.notice': none('no such report'),
  },
};
