import { toInstant } from '@chargebus/domain';
import { chooseValues } from '../../src/meter-values/choose';
import { toReading } from '../../src/meter-values/reading';
import type { RawReading } from '../../src/meter-values/reading';
import { readStationTime } from '../../src/station-time';
import { formatAddress, parseAddress } from '../../src/v201/device-model/address';
import { inBatches } from '../../src/v201/device-model/batches';
import { ReportAssembly } from '../../src/v201/device-model/report-assembly';
import { firmwareStageOf } from '../../src/tables/firmware-stages';
import { portStateOf, worstOf } from '../../src/v201/tables/port-states';
import { criticalityOf, securityToken } from '../../src/tables/security-events';
import { endReasonOf } from '../../src/v201/tables/stop-reasons';
import { toIdToken } from '../../src/v201/tables/token-types';
import { AT_MS } from './a-station';

describe('OCPP 2.0.1: tables', () => {
  it.each([
    [undefined, false, true, 'local', 'stopped'],
    [undefined, true, true, 'card', 'stopped'],
    ['Local', true, true, 'card', 'stopped'],
    ['EnergyLimitReached', false, true, 'energy_reached', 'planned'],
    ['TimeLimitReached', false, true, 'time_reached', 'planned'],
    ['SOCLimitReached', false, true, 'full', 'planned'],
    ['StoppedByEV', false, true, 'full', 'planned'],
    ['MasterPass', true, true, 'master_card', 'stopped'],
    ['EVDisconnected', false, true, 'unplugged', 'stopped'],
    ['Remote', false, true, 'remote', 'stopped'],
    ['Reboot', false, true, 'reset', 'stopped'],
    ['ImmediateReset', false, true, 'reset', 'stopped'],
    ['LocalOutOfCredit', false, true, 'out_of_credit', 'stopped'],
    ['Other', false, true, 'other', 'stopped'],
    ['SomethingOfAVendor', false, true, 'other', 'stopped'],
    ['EmergencyStop', false, true, 'emergency', 'fault'],
    ['PowerLoss', false, true, 'power_lost', 'fault'],
    ['GroundFault', false, true, 'ground_fault', 'fault'],
    ['OvercurrentFault', false, true, 'overcurrent', 'fault'],
    ['PowerQuality', false, true, 'power_quality', 'fault'],
    ['DeAuthorized', false, true, 'deauthorised', 'stopped'],
    ['DeAuthorized', false, false, 'deauthorised', 'fault'],
    ['Timeout', false, null, 'timeout', 'stopped'],
    ['Timeout', false, false, 'ev_timeout', 'fault'],
  ])('page §6.2 ends by %s (token %s, energy %s) as %s, %s', (reason, byCard, hasEnergy, token, endClass) => {
    expect(endReasonOf(reason, byCard, hasEnergy)).toEqual({ token, endClass });
  });

  it.each([
    ['DownloadScheduled', 'scheduled', 0, 'requested'],
    ['DownloadPaused', 'downloading', 10, 'sending'],
    ['SignatureVerified', 'downloaded', 50, 'verifying'],
    ['InstallScheduled', 'waiting', 55, 'verifying'],
    ['InstallRebooting', 'installing', 75, 'verifying'],
    ['Installed', 'installed', 100, 'done'],
    ['InstallVerificationFailed', 'failed', null, 'failed'],
  ])('page §6.2 shows firmware %s as %s, %s %%', (status, stage, percent, phase) => {
    expect(firmwareStageOf(status)).toEqual({ stage, percent, phase });
  });
  it('takes firmware that idles for no job', () => {
    expect(firmwareStageOf('Idle')).toBeNull();
  });

  it.each([
    ['Available', null, 'idle', 'Available'],
    ['Reserved', null, 'reserved', 'Reserved'],
    ['Unavailable', null, 'unavailable', 'Unavailable'],
    ['Faulted', { chargingState: 'Charging', hasCharged: true, ended: false }, 'fault', 'Faulted'],
    ['Occupied', null, 'plugged', 'Occupied'],
    ['Occupied', { chargingState: null, hasCharged: false, ended: false }, 'plugged', 'Occupied'],
    ['Occupied', { chargingState: 'EVConnected', hasCharged: false, ended: false }, 'plugged', 'EVConnected'],
    ['Occupied', { chargingState: 'Charging', hasCharged: true, ended: false }, 'charging', 'Charging'],
    ['Occupied', { chargingState: 'SuspendedEV', hasCharged: true, ended: false }, 'suspended', 'SuspendedEV'],
    ['Occupied', { chargingState: 'SuspendedEVSE', hasCharged: false, ended: false }, 'suspended', 'SuspendedEVSE'],
    ['Occupied', { chargingState: 'Idle', hasCharged: true, ended: false }, 'finished', 'Idle'],
    ['Occupied', { chargingState: 'Charging', hasCharged: true, ended: true }, 'finished', 'Occupied'],
  ] as const)('page §6.2 shows %s with %j as %s', (status, transaction, state, detail) => {
    expect(portStateOf(status, transaction)).toEqual({ state, detail });
  });
  it('page §6.1 shows an EVSE as the worst of its connectors', () => {
    expect(worstOf(['Available', 'Unavailable', 'Occupied'])).toBe('Occupied');
    expect(worstOf(['Occupied', 'Faulted'])).toBe('Faulted');
    expect(worstOf([])).toBeNull();
  });

  it('tells critical security events from the others, vendors’ own included', () => {
    expect(criticalityOf('MemoryExhaustion')).toBe('critical');
    expect(criticalityOf('StartupOfTheDevice')).toBe('routine');
    expect(criticalityOf('AttemptedReplayAttacks')).toBe('not_critical');
    expect(criticalityOf('VendorThing')).toBe('not_critical');
    expect(securityToken('InvalidTLSVersion')).toBe('security_invalid_tlsversion');
  });

  it('names types of tokens, whatever their case, and refuses a token that is too long', () => {
    expect(toIdToken('A', 'emaid')).toEqual({ idToken: 'A', type: 'eMAID' });
    expect(toIdToken('A')).toEqual({ idToken: 'A', type: 'ISO14443' });
    expect(() => toIdToken('A'.repeat(37))).toThrow(RangeError);
  });
});

describe('OCPP 2.0.1: device model', () => {
  it.each([
    'TxCtrlr.TxStartPoint',
    'OCPPCommCtrlr.MessageAttempts[TransactionEvent]',
    'Connector[left]@1:2.AvailabilityState',
    'EVSE@3.Power#MaxSet',
    'Vendor[a.b].Thing',
  ])('page §4.3 reads and writes %s', (text) => {
    const { component, variable, attribute } = parseAddress(text);
    expect(formatAddress(component, variable, attribute)).toBe(text);
  });
  it.each(['', 'NoVariable', '.X', 'A.', 'A.B.C', 'A@x.B', 'A.B#Nothing', `${'A'.repeat(51)}.B`])(
    'refuses %j as an address',
    (text) => {
      expect(() => parseAddress(text)).toThrow(RangeError);
    },
  );

  it('keeps to the items and bytes of a message, and sends what is too long alone', () => {
    const items = Array.from({ length: 5 }, (_, i) => ({ i }));
    expect(inBatches(items, { items: 2, bytes: null }).map((batch) => batch.length)).toEqual([2, 2, 1]);
    expect(inBatches(items, { items: null, bytes: 100 }).map((batch) => batch.length)).toEqual([2, 2, 1]);
    expect(inBatches([{ long: 'x'.repeat(200) }, { i: 1 }], { items: null, bytes: 100 })).toHaveLength(2);
    expect(inBatches([], { items: 1, bytes: 1 })).toEqual([]);
  });

  it('puts a report together from parts in any order, twice, and knows when one is missing', () => {
    const report = new ReportAssembly<string>();
    report.add({ seqNo: 2, tbc: false, items: ['c'] });
    report.add({ seqNo: 0, tbc: true, items: ['a'] });
    expect(report.result()).toEqual({ items: ['a', 'c'], complete: false });
    report.add({ seqNo: 1, tbc: true, items: ['b'] });
    report.add({ seqNo: 1, tbc: true, items: ['other'] });
    expect(report.result()).toEqual({ items: ['a', 'b', 'c'], complete: true });
  });
});

describe('OCPP: meter values', () => {
  const read = (...raw: readonly RawReading[]) =>
    chooseValues(raw.map(toReading).filter((reading) => reading !== null));

  it.each([
    [{ value: 1.2345, unit: 'kWh' }, 'Wh', 1235],
    [{ value: 21, unit: 'Wh', multiplier: 2 }, 'Wh', 2100],
    [{ value: 7, measurand: 'Power.Active.Import', unit: 'kW' }, 'W', 7000],
    [{ value: 7, measurand: 'Power.Active.Import', unit: 'kVA' }, 'VA', 7000],
    [{ value: 16.0049, measurand: 'Current.Import' }, 'A', 16],
    [{ value: 86, measurand: 'Temperature', unit: 'Fahrenheit' }, 'Celsius', 30],
    [{ value: 30, measurand: 'Temperature', unit: 'Celcius' }, 'Celsius', 30],
    [{ value: 49.98, measurand: 'Frequency', unit: 'Hertz' }, 'Hz', 49.98],
  ])('page §6.4 reads %j', (raw, unit, value) => {
    expect(toReading(raw)).toMatchObject({ unit, value });
  });
  it('drops what has no known unit, and what is no number', () => {
    expect(toReading({ value: 1, unit: 'furlong' })).toBeNull();
    expect(toReading({ value: NaN })).toBeNull();
    expect(toReading({ value: Infinity, multiplier: 3 })).toBeNull();
  });
  it('page §5.3 prefers the outlet, the overall value and the end, and never an interval or apparent power', () => {
    expect(
      read(
        { value: 5, location: 'Inlet' },
        { value: 7, location: 'Outlet', context: 'Transaction.Begin' },
        { value: 9, location: 'Outlet', context: 'Transaction.End' },
        { value: 999, measurand: 'Energy.Active.Import.Interval' },
        { value: 4, measurand: 'Power.Active.Import', unit: 'kVA' },
        { value: 300, measurand: 'Voltage', location: 'EV' },
      ),
    ).toMatchObject({ energyRegisterWh: 9, powerW: null, voltageV: null });
  });
  it('page §5.3 makes one of three phases', () => {
    const phases = ['L1', 'L2', 'L3'];
    expect(
      read(
        ...phases.map((phase, i) => ({ value: 1000 + i, measurand: 'Power.Active.Import', phase })),
        ...phases.map((phase, i) => ({ value: 10 + i, measurand: 'Current.Import', phase })),
        ...phases.map((phase) => ({ value: 231, measurand: 'Voltage', phase: `${phase}-N` })),
      ),
    ).toMatchObject({ powerW: 3003, currentA: 12, voltageV: 231 });
  });

  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z', false],
    ['2026-01-02T03:04:05', '2026-01-02T03:04:05.000Z', false],
    ['2026-01-02T05:04:05+02:00', '2026-01-02T03:04:05.000Z', false],
    ['2014-12-31T23:59:59Z', toInstant(AT_MS), true],
    ['2026-01-04T03:04:05Z', toInstant(AT_MS), true],
    ['yesterday', toInstant(AT_MS), true],
  ])('page §2.3 reads the time %s as %s', (text, at, suspect) => {
    expect(readStationTime(text, AT_MS)).toEqual({ ms: Date.parse(at), at, suspect });
  });
});
