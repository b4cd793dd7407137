import { MODEL_COMMAND_KINDS } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand } from '@chargebus/domain';
import { capabilitiesOf, emulated, native, noneOf } from '@chargebus/protocol-core';
import type { OrderTable } from '@chargebus/protocol-core';
import type { Turn } from '../../connection/ask';
import { NO_OCPP_ORDERS, openOrder } from '../../connection/orders';
import type { Opening } from '../../connection/version';
import type { Link } from './call';
import { chargeStart, chargeStop } from './charge';
import { chargeModify, clearProfiles, compositeSchedule, setProfile } from './charging-profiles';
import { localListVersion, sendLocalList } from './local-list';
import { parametersGet, parametersSet, setCredentials } from './parameters';
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

/** Page §3.2. */
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
  ...noneOf('only OCPP 2.0.1 has a device model', ...MODEL_COMMAND_KINDS),
  'device.reboot': native(reboot, 'the station as a whole'),
  'firmware.update': native(firmware, 'the station fetches it'),
  'time.sync': emulated('the station asks for the time by a heartbeat', (_command, link) =>
    trigger({ kind: 'trigger', topic: 'heartbeat', portNo: null }, link),
  ),
  diagnose: native(diagnose),
  reserve: native(reserve),
  'reserve.cancel': native(cancelReservation),
  'port.unlock': native(unlock, 'ends a charge that runs there'),
  'port.availability': native(availability),
  'charging_profile.set': native(setProfile),
  'charging_profile.clear': native(clearProfiles),
  'charging_profile.composite': native(compositeSchedule),
  'local_list.send': native(sendLocalList, 'cards of at most 20 characters'),
  'local_list.version': native((_command, link) => localListVersion(link)),
  'cache.clear': native(clearCache),
  trigger: native(trigger),
  'data.transfer': native(dataTransfer),
  'certificate.trust': native(trustCertificate, 'roots of the platform and of manufacturers'),
  'certificate.list': native(listCertificates, 'roots of the platform and of manufacturers'),
  'certificate.remove': native(removeCertificate),
  'certificate.install': native(installCertificate, 'of the station itself'),
  'credentials.set': native(setCredentials, 'a password of at most 20 bytes'),
};
export const capabilities = capabilitiesOf(ORDERS);

export const beginOrder = (command: DeviceCommand, link: Omit<Link, 'nowMs'>): Opening | CommandOutcome =>
  openOrder(ORDERS, command, link);
