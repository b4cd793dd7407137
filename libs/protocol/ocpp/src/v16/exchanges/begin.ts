import type { CommandOf, CommandOutcome, DeviceCommand, DeviceCommandKind } from '@chargebus/domain';
import { capabilitiesOf, emulated, native, none } from '@chargebus/protocol-core';
import type { OrderEntry } from '@chargebus/protocol-core';
import { done } from '../../connection/ask';
import type { Turn } from '../../connection/ask';
import type { Opening } from '../../connection/version';
import type { Link } from './call';
import { chargeStart, chargeStop } from './charge';
import { clearProfiles, compositeSchedule, setProfile } from './charging-profiles';
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

type Begin<K extends DeviceCommandKind> = (command: CommandOf<K>, link: Link) => Turn | CommandOutcome;
type Orders = { readonly [K in DeviceCommandKind]: OrderEntry<Begin<K>> };

const NOT_HERE = none('not in OCPP 1.6');
const NO_MODEL = none('only OCPP 2.0.1 has a device model');
const BY_TARIFF = none('stations do not price by themselves');
const BY_LOCAL_LIST = none('local_list.send keeps the cards of a station');

/** Page §3.2: one entry per order that can be given. Throwing RangeError refuses a value that the wire cannot carry. */
const ORDERS: Orders = {
  'charge.start': native(
    chargeStart,
    'a power limit where the station has smart charging; others the platform watches',
  ),
  'charge.stop': native(chargeStop),
  'charge.modify': none('limits are watched by the platform; charging_profile.set changes power'),
  'charge.start_parallel': NOT_HERE,
  'status.query': native(statusQuery),
  'params.get': native(parametersGet),
  'params.set': native(parametersSet),
  'device.reboot': native(reboot, 'the station as a whole'),
  'device.factory_reset': NOT_HERE,
  'device.locate': NOT_HERE,
  'cabinet.open': NOT_HERE,
  'voice.play': NOT_HERE,
  'voice.set': NOT_HERE,
  'network.refresh': NOT_HERE,
  'network.add': NOT_HERE,
  'network.remove': NOT_HERE,
  'display.set_qr': NOT_HERE,
  'memory.read': NOT_HERE,
  'memory.write': NOT_HERE,
  'host.set_server': NOT_HERE,
  'host.set_slaves': NOT_HERE,
  'host.clear_slave_firmware': NOT_HERE,
  'firmware.update': native(firmware, 'the station fetches it'),
  'time.sync': emulated('the station asks for the time by a heartbeat', (_command, link) =>
    trigger({ kind: 'trigger', topic: 'heartbeat', portNo: null }, link),
  ),
  'billing.set': BY_TARIFF,
  'balance.update': BY_TARIFF,
  'cards.write': BY_LOCAL_LIST,
  'cards.remove': BY_LOCAL_LIST,
  'cards.query': BY_LOCAL_LIST,
  'lock.move': NOT_HERE,
  diagnose: native(diagnose),
  reserve: native(reserve),
  'reserve.cancel': native(cancelReservation),
  'port.unlock': native(unlock, 'ends a charge that runs there'),
  'port.availability': native(availability),
  'charging_profile.set': native(setProfile),
  'charging_profile.clear': native(clearProfiles),
  'charging_profile.composite': native(compositeSchedule),
  'charging_profile.list': NO_MODEL,
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
  'transaction.query': NO_MODEL,
  'cost.show': NO_MODEL,
  'display.show': NO_MODEL,
  'display.remove': NO_MODEL,
  'display.list': NO_MODEL,
  'customer.information': NO_MODEL,
  'monitor.set': NO_MODEL,
  'monitor.remove': NO_MODEL,
  'monitor.list': NO_MODEL,
  'network_profile.set': NO_MODEL,
};
export const capabilities = capabilitiesOf(ORDERS);

export function beginOrder(command: DeviceCommand, link: Omit<Link, 'nowMs'>): Opening | CommandOutcome {
  const entry = ORDERS[command.kind] as OrderEntry<Begin<DeviceCommandKind>>;
  if (entry.support === 'none') return { status: 'unsupported', reason: entry.why };
  return ({ atMs }) => {
    const begun = entry.begin(command, { ...link, nowMs: atMs });
    return 'status' in begun ? done(begun) : begun;
  };
}
