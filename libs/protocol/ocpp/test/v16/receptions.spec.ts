import { orderTagOf } from '@chargebus/domain';
import type { CommandOf, OrderRef } from '@chargebus/domain';
import { COMMAND_EXAMPLES } from '@chargebus/domain';
import { ACCEPTED, AStation, AT, AT_MS } from './a-station';

const MINUTE = 60_000;
const ORDER = COMMAND_EXAMPLES['charge.start'].orderRef;
const START: CommandOf<'charge.start'> = { ...COMMAND_EXAMPLES['charge.start'], portNo: 1 };
const typesOf = (facts: readonly { readonly type: string }[]): string[] => facts.map(({ type }) => type);

describe('what an OCPP 1.6 station says', () => {
  it.each([
    ['Available', 'idle'],
    ['Preparing', 'plugged'],
    ['Charging', 'charging'],
    ['SuspendedEV', 'suspended'],
    ['SuspendedEVSE', 'suspended'],
    ['Finishing', 'finished'],
    ['Reserved', 'reserved'],
    ['Unavailable', 'unavailable'],
    ['Faulted', 'fault'],
  ])('A11 status %s is port state %s', (status, state) => {
    expect(new AStation().status(1, status).facts.at(-1)).toMatchObject({
      type: 'port.status',
      ports: [{ portNo: 1, state, detail: status }],
    });
  });

  it('A11 opens a fault once and closes it with the next good status', () => {
    const station = new AStation();
    const broken = station.status(2, 'Faulted', { errorCode: 'GroundFailure', vendorErrorCode: 'E7' });
    expect(broken.facts).toMatchObject([
      { type: 'device.fault', token: 'ground_failure', portNo: 2, severity: 'critical' },
      { type: 'port.status', ports: [{ state: 'fault', fault: 'ground_failure' }] },
    ]);
    expect(station.status(2, 'Charging', { errorCode: 'WeakSignal' }).facts).toMatchObject([
      { type: 'device.fault_cleared', token: 'ground_failure' },
      { type: 'device.fault', token: 'weak_signal', severity: 'warning' },
      { type: 'port.status', ports: [{ state: 'charging', fault: 'weak_signal' }] },
    ]);
    expect(typesOf(station.status(2, 'Available').facts)).toEqual(['device.fault_cleared', 'port.status']);
    expect(typesOf(station.status(2, 'Available').facts)).toEqual(['port.status']);
  });

  it('drops a status that is older than the one that is known', () => {
    const station = new AStation();
    station.status(1, 'Charging', { timestamp: AT });
    expect(station.status(1, 'Available', { timestamp: new Date(AT_MS - MINUTE).toISOString() }).facts).toEqual([]);
  });

  it('gives a start its number, and the same start the same', () => {
    const station = new AStation();
    const first = station.starts();
    const again = station.starts();
    expect(again.transactionId).toBe(first.transactionId);
    expect(again.facts.map(({ id }) => id)).toEqual(first.facts.map(({ id }) => id));
    expect(new AStation({}, 2).starts().transactionId).toBe(first.transactionId);
  });

  it.each([
    ['an unset clock', { timestamp: '1970-01-01T00:00:00Z' }],
    ['a connector beyond 63', { connectorId: 64 }],
  ])('has a start numbered by the platform with %s', (_name, fields) => {
    const station = new AStation();
    const start = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: AT, ...fields };
    const numbered = station.says('StartTransaction', start, { ...ACCEPTED, transactionNo: 448 });
    expect(numbered.message).toEqual([3, 'm1', { transactionId: 448, idTagInfo: { status: 'Accepted' } }]);
    expect(numbered.facts).toMatchObject([{ transactionRef: '448' }]);
    const nobody = new AStation().says('StartTransaction', start, null);
    expect(nobody.message).toMatchObject({ 0: 4, 2: 'InternalError' });
    expect(nobody.facts).toEqual([]);
  });

  it('has the second start of one second on one connector numbered by the platform', () => {
    const station = new AStation();
    station.starts('A');
    const start = { connectorId: 1, idTag: 'B', meterStart: 100, timestamp: AT };
    const second = station.says('StartTransaction', start, { ...ACCEPTED, transactionNo: 512 });
    expect(second.message).toMatchObject({ 2: { transactionId: 512 } });
  });

  it.each([
    ['accepted', 'Accepted', true],
    ['unknown_card', 'Invalid', false],
    ['blocked', 'Blocked', false],
    ['expired', 'Expired', false],
    ['insufficient_balance', 'Blocked', false],
    ['port_fault', 'Invalid', false],
  ] as const)('A09 answers a card that is %s with %s, also at the start', (decision, status, authorised) => {
    const station = new AStation();
    const reply = { ...ACCEPTED, decision, groupId: 'G1', expiresAt: AT };
    const idTagInfo = { status, expiryDate: AT, parentIdTag: 'G1' };
    expect(station.says('Authorize', { idTag: 'X' }, reply).message).toEqual([3, 'm1', { idTagInfo }]);
    const start = station.says('StartTransaction', { connectorId: 1, idTag: 'X', meterStart: 0, timestamp: AT }, reply);
    expect(start.message).toMatchObject({ 2: { transactionId: expect.any(Number) as number, idTagInfo } });
    expect(start.facts).toMatchObject([{ type: 'charge.transaction', authorised, cardId: 'X' }]);
    expect('refused' in start.facts[0]!).toBe(!authorised);
  });

  it('A09 gives the configured answer about a card when nobody decides', () => {
    expect(new AStation().says('Authorize', { idTag: 'X' }, null).message).toMatchObject({
      2: { idTagInfo: { status: 'Invalid' } },
    });
  });

  it('A11 knows the one-time card of its own order without asking', () => {
    const station = new AStation();
    station.begin(START);
    const tag = orderTagOf(ORDER).toLowerCase();
    expect(station.says('Authorize', { idTag: tag }).answer.when).toBe('now');
    const start = station.starts(tag);
    expect(start.answer.when).toBe('stored');
    expect(start.facts).toMatchObject([{ orderRef: ORDER, source: 'platform', authorised: true }]);
    // Another connection has not heard of the order: the platform knows it by the card.
    expect(new AStation().starts(tag).facts).toMatchObject([{ orderRef: null, source: 'platform', cardId: tag }]);
  });

  it.each([
    ['EVDisconnected', {}, 'unplugged', 'stopped'],
    ['Local', {}, 'local', 'stopped'],
    [undefined, {}, 'local', 'stopped'],
    ['Local', { idTag: 'A' }, 'card', 'stopped'],
    ['Remote', {}, 'remote', 'stopped'],
    ['UnlockCommand', {}, 'unlock', 'stopped'],
    ['SoftReset', {}, 'reset', 'stopped'],
    ['HardReset', {}, 'reset', 'stopped'],
    ['Reboot', {}, 'reset', 'stopped'],
    ['Other', {}, 'other', 'stopped'],
    ['DeAuthorized', {}, 'deauthorised', 'stopped'],
    ['EmergencyStop', {}, 'emergency', 'fault'],
    ['PowerLoss', {}, 'power_lost', 'fault'],
    ['Earthquake', {}, 'local', 'stopped'],
  ])('A11 stop reason %s with %j is %s', (reason, fields, token, endClass) => {
    const station = new AStation();
    const { transactionId } = station.starts();
    const { facts } = station.stops(transactionId, { ...(reason !== undefined && { reason }), ...fields });
    expect(facts).toMatchObject([{ step: 'ended', end: { reason: token, endClass }, endRegisterWh: 900 }]);
  });

  it('A11 takes an end for full when the vehicle had taken nothing for five minutes', () => {
    const station = new AStation();
    const { transactionId } = station.starts();
    station.status(1, 'SuspendedEV');
    station.nowMs += 6 * MINUTE;
    expect(station.stops(transactionId, { reason: 'EVDisconnected' }).facts).toMatchObject([
      { end: { reason: 'full', endClass: 'planned' } },
    ]);
  });

  it('A11 takes any end for ours while our stop is pending', () => {
    const station = new AStation();
    station.begin(START);
    station.answers({ status: 'Accepted' });
    const { transactionId } = station.starts(orderTagOf(ORDER));
    station.begin({ ...COMMAND_EXAMPLES['charge.stop'], portNo: 1 });
    station.answers({ status: 'Accepted' });
    expect(station.stops(transactionId, { reason: 'Other' }).facts).toMatchObject([{ end: { reason: 'remote' } }]);
  });

  it('keeps the ids of values and stops under another message id, and tells two different stops apart', () => {
    const station = new AStation();
    const { transactionId } = station.starts();
    const values = {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: AT, sampledValue: [{ value: '0.15011000000000002', unit: 'kWh' }] }],
    };
    const [first] = station.says('MeterValues', values).facts;
    const [again] = station.says('MeterValues', values).facts;
    expect(again?.id).toBe(first?.id);
    expect(first).toMatchObject({ samples: [{ registerWh: 150 }] });
    const [stop] = station.stops(transactionId).facts;
    expect(station.stops(transactionId).facts[0]?.id).toBe(stop?.id);
    expect(station.stops(transactionId, { meterStop: 901 }).facts[0]?.id).not.toBe(stop?.id);
  });

  it('puts values without a number down to the charge of the connector', () => {
    const station = new AStation();
    const { transactionId } = station.starts();
    const values = { connectorId: 1, meterValue: [{ timestamp: AT, sampledValue: [{ value: '150' }] }] };
    expect(station.says('MeterValues', values).facts).toMatchObject([{ transactionRef: String(transactionId) }]);
    expect(station.says('MeterValues', { ...values, transactionId: -1 }).facts).toMatchObject([
      { transactionRef: String(transactionId) },
    ]);
    expect(new AStation().says('MeterValues', values).facts).toMatchObject([{ transactionRef: null, portNo: 1 }]);
  });

  it('A11 chooses one value a quantity: phases are summed, averaged or the greatest, apparent power is no power', () => {
    const station = new AStation();
    const line = (measurand: string, unit: string, phase: string, value: string) => ({ measurand, unit, phase, value });
    const sampledValue = [
      line('Power.Active.Import', 'kW', 'L1', '1.1'),
      line('Power.Active.Import', 'kW', 'L2', '1.2'),
      line('Power.Active.Import', 'kW', 'L3', '1.3'),
      { measurand: 'Power.Active.Import', unit: 'kVA', value: '99' },
      line('Current.Import', 'A', 'L1', '5'),
      line('Current.Import', 'A', 'L2', '6.123'),
      line('Voltage', 'V', 'L1-L2', '400'),
      { measurand: 'SoC', unit: 'Percent', location: 'EV', value: '55' },
      { measurand: 'Temperature', unit: 'Fahrenheit', value: '104' },
      { value: '', measurand: 'Frequency' },
    ];
    const meterValue = [{ timestamp: AT, sampledValue }];
    expect(station.says('MeterValues', { connectorId: 1, transactionId: 5, meterValue }).facts).toMatchObject([
      {
        samples: [{ registerWh: null, powerW: 3600, currentA: 6.12, voltageV: 230.9, socPct: 55, temperatureC: 40 }],
        attributes: { droppedValues: 1 },
      },
    ]);
  });

  it('asks for the connectors of a station that came back without a boot, once', () => {
    const station = new AStation();
    expect(station.says('Heartbeat', {}).errands).toEqual([{ kind: 'status.query' }]);
    expect(station.says('Heartbeat', {}).errands).toBeUndefined();
  });

  it('holds a pending station to its boot, and hears nothing of a rejected one', () => {
    const pending = new AStation({ registrationOf: () => 'Pending' });
    const boot = { chargePointVendor: 'V', chargePointModel: 'M' };
    expect(pending.says('BootNotification', boot)).toMatchObject({
      message: { 2: { status: 'Pending', interval: 30 } },
      errands: [{ kind: 'params.set', group: 'platform' }],
    });
    expect(pending.begin(START)).toEqual({ status: 'rejected', reason: 'not_registered' });
    const rejected = new AStation({ registrationOf: () => 'Rejected' });
    expect(rejected.says('Heartbeat', {}).message).toMatchObject({ 0: 4, 2: 'SecurityError' });
    expect(rejected.says('BootNotification', boot)).toMatchObject({
      message: { 2: { status: 'Rejected' } },
      facts: [],
    });
  });

  it('A11 hears a station that was never accepted only after its boot, and orders nothing before', () => {
    const station = new AStation({}, 1, false);
    for (const [action, payload] of [
      ['Heartbeat', {}],
      ['StartTransaction', { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: AT }],
    ] as const)
      expect(station.says(action, payload)).toMatchObject({ facts: [], message: { 0: 4, 2: 'SecurityError' } });
    expect(station.begin(START)).toEqual({ status: 'rejected', reason: 'not_registered' });
    station.says('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    expect(station.connection.isAccepted).toBe(true);
    expect(station.says('Heartbeat', {}).message).toMatchObject({ 0: 3 });
  });

  it('answers vendors that the installation knows', () => {
    const vendors = new Map<string, ReadonlySet<string> | null>([
      ['all', null],
      ['some', new Set(['known'])],
    ]);
    const status = (payload: object) => {
      const [, , answer] = new AStation({ vendors }).says('DataTransfer', payload).message as [number, string, object];
      return answer;
    };
    expect(status({ vendorId: 'all' })).toEqual({ status: 'Accepted' });
    expect(status({ vendorId: 'some', messageId: 'known' })).toEqual({ status: 'Accepted' });
    expect(status({ vendorId: 'some', messageId: 'other' })).toEqual({ status: 'UnknownMessageId' });
    expect(status({ vendorId: 'none' })).toEqual({ status: 'UnknownVendorId' });
  });

  it('marks what happened while the station was away, and a clock that is unset', () => {
    const station = new AStation();
    const old = new Date(AT_MS - 5 * MINUTE).toISOString();
    expect(station.starts('A', { timestamp: old }).facts).toMatchObject([{ offline: true, occurredAt: old }]);
    expect(station.stops(77, { timestamp: '2001-01-01T00:00:00Z' }).facts).toMatchObject([
      { clockSuspect: true, occurredAt: AT, offline: false },
    ]);
    expect(ORDER satisfies OrderRef).toHaveLength(32);
  });
});
