import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import { capabilitiesOf, emulated, native } from '@chargebus/protocol-core';
import type { OrderTable } from '@chargebus/protocol-core';
import type { Turn } from '../../connection/ask';
import { NO_OCPP_ORDERS, openOrder } from '../../connection/orders';
import type { Opening } from '../../connection/version';
import type { Link } from './call';
import { chargeStart, chargeStop } from './charge';
import { chargeModify, clearProfiles, compositeSchedule, setProfile } from './charging-profiles';
import { setCredentials } from './credentials';
import { localListVersion, sendLocalList } from './local-list';
import {
  customerInformation,
  listMessages,
  listMonitors,
  listProfiles,
  publishFirmware,
  queryTransaction,
  removeMessage,
  removeMonitors,
  setMonitorBase,
  setMonitorLevel,
  setMonitors,
  setNetworkProfile,
  showCost,
  showMessage,
  unpublishFirmware,
} from './model';
import { parametersGet, parametersSet } from './parameters';
import {
  availability,
  cancelReservation,
  clearCache,
  dataTransfer,
  diagnose,
  firmware,
  installCertificate,
  listCertificates,
  reboot,
  removeCertificate,
  reserve,
  trigger,
  trustCertificate,
  unlock,
} from './simple';
import { statusQuery } from './status';

/** Page §4.2. */
const ORDERS: OrderTable<Link, Turn> = {
  ...NO_OCPP_ORDERS,
  'charge.start': native(
    chargeStart,
    'a power limit where the station has smart charging; others the platform watches',
  ),
  'charge.stop': native(chargeStop),
  'charge.modify': native(chargeModify, 'its power; time and energy are watched by the platform'),
  'status.query': native(statusQuery),
  'params.get': native(parametersGet),
  'params.set': native(parametersSet),
  'device.reboot': native(reboot, 'the station as a whole'),
  'firmware.update': native(firmware, 'the station fetches it'),
  'time.sync': emulated('the station asks for the time by a heartbeat', (_command, link) =>
    trigger({ kind: 'trigger', topic: 'heartbeat', portNo: null }, link),
  ),
  diagnose: native(diagnose),
  reserve: native(reserve),
  'reserve.cancel': native(cancelReservation),
  'port.unlock': native(unlock),
  'port.availability': native(availability),
  'charging_profile.set': native(setProfile),
  'charging_profile.clear': native(clearProfiles),
  'charging_profile.composite': native(compositeSchedule),
  'charging_profile.list': native(listProfiles),
  'local_list.send': native(sendLocalList),
  'local_list.version': native(localListVersion),
  'cache.clear': native(clearCache),
  trigger: native(trigger),
  'data.transfer': native(dataTransfer),
  'certificate.trust': native(trustCertificate),
  'certificate.list': native(listCertificates),
  'certificate.remove': native(removeCertificate),
  'certificate.install': native(installCertificate),
  'credentials.set': native(setCredentials, 'a security profile needs its URL in PROTOCOL_OPTIONS'),
  'transaction.query': native(queryTransaction),
  'cost.show': native(showCost),
  'display.show': native(showMessage),
  'display.remove': native(removeMessage),
  'display.list': native(listMessages),
  'customer.information': native(customerInformation),
  'monitor.set': native(setMonitors),
  'monitor.remove': native(removeMonitors),
  'monitor.list': native(listMonitors),
  'monitor.base': native(setMonitorBase),
  'monitor.level': native(setMonitorLevel),
  'firmware.publish': native(publishFirmware, 'of a local controller'),
  'firmware.unpublish': native(unpublishFirmware, 'of a local controller'),
  'network_profile.set': native((command) => setNetworkProfile(command)),
};
export const capabilities = capabilitiesOf(ORDERS);

export const beginOrder = (command: DeviceCommand, link: Omit<Link, 'nowMs'>): Opening | CommandOutcome =>
  openOrder(ORDERS, command, link);
