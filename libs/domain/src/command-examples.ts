import type { CommandOf, DeviceCommandKind } from './device-command';
import type { OrderRef } from './ids';

const orderRef = '20240113100000000000000000000001' as OrderRef;
const mac = '450030700247';

/** One order of each kind: for documents and for what every driver must show. */
export const COMMAND_EXAMPLES: { readonly [K in DeviceCommandKind]: CommandOf<K> } = {
  'charge.start': {
    kind: 'charge.start',
    portNo: 2,
    orderRef,
    durationLimitS: 7200,
    energyLimitWh: null,
    powerLimitW: null,
    primaryLimit: 'duration',
    stopWhenFull: true,
    maxDurationS: null,
    balanceFen: null,
  },
  'charge.stop': { kind: 'charge.stop', portNo: 2, orderRef, keepLocked: false },
  'charge.modify': {
    kind: 'charge.modify',
    portNo: 2,
    orderRef,
    durationLimitS: 3600,
    energyLimitWh: null,
    stopWhenFull: false,
  },
  'status.query': { kind: 'status.query', portNo: 2 },
  'params.get': { kind: 'params.get', group: 'work' },
  'params.set': { kind: 'params.set', group: 'work', values: { maxPowerPercent: 80 } },
  'device.reboot': { kind: 'device.reboot', scope: 'device' },
  'device.factory_reset': { kind: 'device.factory_reset' },
  'device.locate': { kind: 'device.locate', durationS: 30 },
  'cabinet.open': { kind: 'cabinet.open', portNo: 2 },
  'voice.play': { kind: 'voice.play', segmentsHex: '01', interrupt: true },
  'voice.set': {
    kind: 'voice.set',
    portNo: 2,
    buzzer: true,
    voice: true,
    periods: [{ start: '08:00', end: '20:00' }],
  },
  'network.refresh': { kind: 'network.refresh', channel: 4, nodes: [{ socketNo: 1, mac }] },
  'network.add': { kind: 'network.add', socketNo: 1, mac },
  'network.remove': { kind: 'network.remove', socketNo: 1 },
  'display.set_qr': { kind: 'display.set_qr', text: 'https://example.com/q/', persistent: true, showFirst: false },
  'memory.read': { kind: 'memory.read', address: 0, lengthBytes: 16 },
  'memory.write': { kind: 'memory.write', address: 0, dataHex: '00' },
  'host.set_server': { kind: 'host.set_server', host: 'example.com', port: 8600, moduleType: 0, secondary: false },
  'host.set_slaves': { kind: 'host.set_slaves', frequencyMHz: 433, slaves: [] },
  'host.clear_slave_firmware': { kind: 'host.clear_slave_firmware' },
  'firmware.update': {
    kind: 'firmware.update',
    target: 'device',
    imageBase64: 'AAECAw==',
    version: '1.29',
    deviceType: null,
  },
  'charge.start_parallel': {
    kind: 'charge.start_parallel',
    guns: [
      { portNo: 1, orderRef },
      { portNo: 2, orderRef: '20240113100000000000000000000002' as OrderRef },
    ],
    balanceFen: null,
  },
  'time.sync': { kind: 'time.sync' },
  'billing.set': {
    kind: 'billing.set',
    modelNo: '0001',
    rates: [
      { energyYuan: 1.2, serviceYuan: 0.4 },
      { energyYuan: 1, serviceYuan: 0.4 },
      { energyYuan: 0.7, serviceYuan: 0.3 },
      { energyYuan: 0.4, serviceYuan: 0.3 },
    ],
    slots: Array.from({ length: 48 }, () => 2),
  },
  'balance.update': { kind: 'balance.update', portNo: 2, cardId: null, balanceFen: 5000 },
  'cards.write': { kind: 'cards.write', cards: [{ cardId: '0a1b2c3d', cardNumber: '10000001' }] },
  'cards.remove': { kind: 'cards.remove', cardIds: ['0a1b2c3d'] },
  'cards.query': { kind: 'cards.query', cardIds: ['0a1b2c3d'] },
  'lock.move': { kind: 'lock.move', portNo: 2, raise: true },
};
