import { COMMAND_EXAMPLES, orderTagOf } from '@chargebus/domain';
import type { DeviceCommand } from '@chargebus/domain';
import { AStation, STATION } from './a-station';

const START = { ...COMMAND_EXAMPLES['charge.start'], portNo: 1 };
const STOP = { ...COMMAND_EXAMPLES['charge.stop'], portNo: 1 };

describe('orders to an OCPP 1.6 station', () => {
  it('A11 starts with a one-time card on the connector, and says how long the proof may take', () => {
    const station = new AStation();
    station.begin(START);
    expect(station.call).toMatchObject({
      action: 'RemoteStartTransaction',
      payload: { connectorId: 1, idTag: orderTagOf(START.orderRef) },
    });
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toEqual({ status: 'acked', result: { portNo: 1, unproven: true } });
    expect(station.orderFacts).toMatchObject([
      { type: 'charge.replied', action: 'start', executed: true, unproven: true, proofWithinS: 120 },
    ]);
  });

  it.each([
    ['Available', 'not_plugged_in'],
    ['Preparing', 'start_refused'],
  ])('A11 takes a refusal on a port that is %s for %s', (status, reason) => {
    const station = new AStation();
    station.status(1, status);
    station.begin(START);
    station.answers({ status: 'Rejected' });
    expect(station.outcome).toEqual({ status: 'rejected', reason });
  });

  it('A11 takes a refusal of a repeated start for done when the order runs', () => {
    const station = new AStation();
    station.begin(START);
    station.answers({ status: 'Accepted' });
    station.starts(orderTagOf(START.orderRef));
    station.begin(START, true);
    station.answers({ status: 'Rejected' });
    expect(station.outcome).toMatchObject({ status: 'acked', result: { alreadyDone: true } });
  });

  it('A11 tells how many connectors there are, once its configuration was read after a boot', () => {
    const station = new AStation();
    const boot = { chargePointVendor: 'V', chargePointModel: 'M' };
    const [errand] = station.says('BootNotification', boot).errands ?? [];
    station.begin(errand!);
    station.answers({ configurationKey: [{ key: 'NumberOfConnectors', readonly: true, value: '3' }] });
    expect(station.orderFacts).toMatchObject([{ type: 'device.registered', portCount: 3, model: null }]);
  });

  it('A11 limits the power of a start where the station can', () => {
    const station = new AStation();
    station.begin({ kind: 'params.get', group: 'SupportedFeatureProfiles' });
    station.answers({
      configurationKey: [{ key: 'SupportedFeatureProfiles', readonly: true, value: 'Core, SmartCharging' }],
    });
    station.begin({ ...START, powerLimitW: 3_600 });
    expect(station.call?.payload).toMatchObject({
      chargingProfile: { chargingProfilePurpose: 'TxProfile', chargingSchedule: { chargingRateUnit: 'W' } },
    });
  });

  it('A11 changes the power of a charge that runs, and leaves time and energy to the platform', () => {
    const station = new AStation();
    const change = { ...COMMAND_EXAMPLES['charge.modify'], durationLimitS: null, powerLimitW: 3_600 } as const;
    expect(station.begin(change)).toEqual({ status: 'rejected', reason: 'no_transaction' });
    station.begin({ ...START, portNo: 2, orderRef: change.orderRef });
    station.answers({ status: 'Accepted' });
    const { transactionId } = station.starts(orderTagOf(change.orderRef), { connectorId: 2 });
    station.begin(change);
    expect(station.call).toMatchObject({
      action: 'SetChargingProfile',
      payload: {
        connectorId: 2,
        csChargingProfiles: {
          chargingProfileId: 1,
          chargingProfilePurpose: 'TxProfile',
          transactionId,
          chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 3_600 }] },
        },
      },
    });
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toMatchObject({ status: 'acked' });
    station.begin({ ...change, durationLimitS: 60 });
    expect(station.outcome).toMatchObject({ status: 'invalid' });
  });

  it('A11 stops by the number that the platform kept, or that this connection heard', () => {
    const station = new AStation();
    expect(station.begin(STOP)).toEqual({ status: 'rejected', reason: 'no_transaction' });
    station.begin({ ...STOP, transactionRef: '4711' });
    expect(station.call).toMatchObject({ action: 'RemoteStopTransaction', payload: { transactionId: 4711 } });
    station.answers({ status: 'Rejected' });
    expect(station.outcome).toEqual({ status: 'rejected', reason: 'unknown_transaction' });
  });

  const byOneAnswer: readonly [DeviceCommand, string, object, object][] = [
    [COMMAND_EXAMPLES.reserve, 'ReserveNow', { status: 'Occupied' }, { status: 'rejected', reason: 'occupied' }],
    [COMMAND_EXAMPLES['reserve.cancel'], 'CancelReservation', { status: 'Accepted' }, { status: 'acked' }],
    [COMMAND_EXAMPLES['port.unlock'], 'UnlockConnector', { status: 'Unlocked' }, { status: 'acked' }],
    [COMMAND_EXAMPLES['port.unlock'], 'UnlockConnector', { status: 'NotSupported' }, { status: 'unsupported' }],
    [COMMAND_EXAMPLES['port.availability'], 'ChangeAvailability', { status: 'Scheduled' }, { status: 'acked' }],
    [COMMAND_EXAMPLES['cache.clear'], 'ClearCache', { status: 'Rejected' }, { status: 'acked' }],
    [COMMAND_EXAMPLES.trigger, 'TriggerMessage', { status: 'NotImplemented' }, { status: 'unsupported' }],
    [COMMAND_EXAMPLES['time.sync'], 'TriggerMessage', { status: 'Accepted' }, { status: 'acked' }],
    [COMMAND_EXAMPLES['data.transfer'], 'DataTransfer', { status: 'UnknownVendorId' }, { reason: 'unknown_vendor_id' }],
    [COMMAND_EXAMPLES['certificate.trust'], 'InstallCertificate', { status: 'Failed' }, { reason: 'failed' }],
    [COMMAND_EXAMPLES['certificate.remove'], 'DeleteCertificate', { status: 'NotFound' }, { status: 'acked' }],
    [COMMAND_EXAMPLES['charging_profile.clear'], 'ClearChargingProfile', { status: 'Unknown' }, { status: 'acked' }],
    [
      COMMAND_EXAMPLES['charging_profile.composite'],
      'GetCompositeSchedule',
      { status: 'Rejected' },
      { reason: 'rejected' },
    ],
    [COMMAND_EXAMPLES['local_list.version'], 'GetLocalListVersion', { listVersion: -1 }, { status: 'unsupported' }],
    [
      COMMAND_EXAMPLES['local_list.send'],
      'SendLocalList',
      { status: 'VersionMismatch' },
      { reason: 'version_mismatch' },
    ],
  ];
  it.each(byOneAnswer)('A11 %j is %s, and %j is %j', (command, action, answer, outcome) => {
    const station = new AStation();
    station.begin(command);
    expect(station.call?.action).toBe(action);
    station.answers(answer);
    expect(station.outcome).toMatchObject(outcome);
  });

  it('A11 waits for a reboot until the boot, or the end of the connection', () => {
    const station = new AStation();
    station.begin({ kind: 'device.reboot', scope: 'device', force: true });
    expect(station.call).toMatchObject({ action: 'Reset', payload: { type: 'Hard' } });
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toBeNull();
    station.says('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    expect(station.outcome).toEqual({ status: 'acked', result: { evidence: 'boot' } });
    const begun = new AStation().connection.begin(STATION, { kind: 'device.reboot', scope: 'host' }, false);
    expect('status' in begun ? begun : begun.start(0).finish).toMatchObject({ status: 'unsupported' });
  });

  it('reads keys in the portions of the station, and tells unknown ones', () => {
    const station = new AStation();
    station.begin({ kind: 'params.get', group: 'GetConfigurationMaxKeys' });
    station.answers({ configurationKey: [{ key: 'GetConfigurationMaxKeys', readonly: true, value: '2' }] });
    station.begin({ kind: 'params.get', group: 'A,B,C' });
    expect(station.call?.payload).toEqual({ key: ['A', 'B'] });
    station.answers({ configurationKey: [{ key: 'A', readonly: false, value: '1' }], unknownKey: ['B'] });
    expect(station.call?.payload).toEqual({ key: ['C'] });
    station.answers({});
    expect(station.outcome).toMatchObject({ status: 'acked', result: { values: { A: '1' }, unknown: ['B'] } });
  });

  it('writes key by key and tells each result', () => {
    const station = new AStation();
    station.begin({ kind: 'params.set', group: 'keys', values: { A: true, B: 5 } });
    expect(station.call?.payload).toEqual({ key: 'A', value: 'true' });
    station.answers({ status: 'NotSupported' });
    station.answers({ status: 'RebootRequired' });
    expect(station.outcome).toEqual({
      status: 'acked',
      result: { results: { A: 'not_supported', B: 'reboot_required' }, rebootRequired: true },
    });
    station.begin({ kind: 'params.set', group: 'keys', values: { AuthorizationKey: 'x' } });
    expect(station.outcome).toMatchObject({ status: 'invalid' });
  });

  it('A11 compares its settings after a boot and writes what differs, weaker values for a station that refuses', () => {
    const station = new AStation({
      heartbeatIntervalS: 60,
      settings: [
        { key: 'Same', values: ['A,B'] },
        { key: 'Other', values: ['best', 'weaker'] },
        { key: 'Fixed', values: ['1'] },
      ],
    });
    const { errands } = station.says('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' });
    station.begin(errands![0]!);
    const key = (name: string, value: string, readonly = false) => ({ key: name, readonly, value });
    const beat = key('HeartbeatInterval', '300');
    station.answers({ configurationKey: [key('Same', 'b, a'), key('Other', 'x'), key('Fixed', '0', true), beat] });
    expect(station.call?.payload).toEqual({ key: 'Other', value: 'best' });
    station.answers({ status: 'Rejected' });
    expect(station.call?.payload).toEqual({ key: 'Other', value: 'weaker' });
    station.answers({ status: 'Accepted' });
    expect(station.call?.payload).toEqual({ key: 'HeartbeatInterval', value: '60' });
    station.answers({ status: 'Accepted' });
    const written = ['Other', 'HeartbeatInterval'];
    expect(station.outcome).toMatchObject({ status: 'acked', result: { written, refused: [] } });
  });

  it('A11 sends a list in parts, each with its version', () => {
    const station = new AStation();
    const entries = Array.from({ length: 51 }, (_, i) => ({
      cardId: `C${i}`,
      decision: i === 50 ? null : ('accepted' as const),
      expiresAt: null,
      groupId: null,
    }));
    station.begin({ kind: 'local_list.send', version: 7, mode: 'full', entries });
    station.answers({ configurationKey: [], unknownKey: ['SendLocalListMaxLength'] });
    expect(station.call?.payload).toMatchObject({ listVersion: 7, updateType: 'Full' });
    station.answers({ status: 'Accepted' });
    expect(station.call?.payload).toEqual({
      listVersion: 8,
      updateType: 'Differential',
      localAuthorizationList: [{ idTag: 'C50' }],
    });
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toEqual({ status: 'acked', result: { version: 8 } });
  });

  it('gives a profile again in the unit that the station knows', () => {
    const station = new AStation();
    station.begin(COMMAND_EXAMPLES['charging_profile.set']);
    expect(station.call?.payload).toMatchObject({
      csChargingProfiles: { chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ limit: 16 }] } },
    });
    station.answers({ status: 'Rejected' });
    const value = { key: 'ChargingScheduleAllowedChargingRateUnit', readonly: true, value: 'Power' };
    station.answers({ configurationKey: [value] });
    expect(station.call?.payload).toMatchObject({
      csChargingProfiles: { chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [{ limit: 11_040 }] } },
    });
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toMatchObject({ status: 'acked', result: { unit: 'W' } });
  });

  it('falls back to older actions where the station lacks the newer ones, and remembers it', () => {
    const station = new AStation();
    station.begin(COMMAND_EXAMPLES.diagnose);
    expect(station.call?.action).toBe('GetLog');
    station.refuses('NotImplemented');
    expect(station.call).toMatchObject({
      action: 'GetDiagnostics',
      payload: { location: 'https://files.example.com/logs/' },
    });
    station.answers({});
    expect(station.outcome).toEqual({ status: 'acked', result: { fileName: null, empty: true } });
    station.begin(COMMAND_EXAMPLES.diagnose);
    expect(station.call?.action).toBe('GetDiagnostics');
    const source = {
      location: 'https://fw.example.com/a.bin',
      user: 'u',
      password: 'p w',
      signing: { certificatePem: 'pem', signatureBase64: 'sig' },
    };
    station.begin({ ...COMMAND_EXAMPLES['firmware.update'], imageBase64: null, source });
    expect(station.call?.action).toBe('SignedUpdateFirmware');
    station.refuses('NotSupported');
    expect(station.call).toMatchObject({
      action: 'UpdateFirmware',
      payload: { location: 'https://u:p%20w@fw.example.com/a.bin' },
    });
  });

  it('asks for the status of every connector and answers when all have said it', () => {
    const station = new AStation();
    station.status(1, 'Available');
    station.status(2, 'Charging');
    station.begin({ kind: 'status.query' });
    station.answers({ status: 'Accepted' });
    station.status(1, 'Preparing');
    expect(station.outcome).toBeNull();
    station.status(2, 'Charging');
    expect(station.outcome).toMatchObject({
      status: 'acked',
      result: {
        fresh: true,
        ports: [
          { portNo: 1, state: 'plugged' },
          { portNo: 2, state: 'charging' },
        ],
      },
    });
    station.begin({ kind: 'status.query' });
    station.status(1, 'Available');
    station.status(2, 'Available');
    station.answers({ status: 'Accepted' }); // after its notifications
    expect(station.outcome).toMatchObject({ status: 'acked', result: { fresh: true } });
    station.begin({ kind: 'status.query' });
    station.refuses('NotImplemented');
    expect(station.outcome).toMatchObject({ status: 'acked', result: { fresh: false } });
  });

  it.each([
    ['a password as hexadecimal digits of its bytes', 'secret', '736563726574'],
    ['hexadecimal digits as they are', '00112233445566778899', '00112233445566778899'],
  ])('sets %s', (_name, password, value) => {
    const station = new AStation();
    station.begin({ kind: 'credentials.set', password, securityProfile: 2 });
    expect(station.call?.payload).toEqual({ key: 'AuthorizationKey', value });
    station.answers({ status: 'Accepted' });
    expect(station.call?.payload).toEqual({ key: 'SecurityProfile', value: '2' });
    station.answers({ status: 'RebootRequired' });
    expect(station.outcome).toEqual({ status: 'acked', result: { rebootRequired: true } });
  });

  it('refuses what the wire cannot carry', () => {
    const station = new AStation();
    station.begin({ ...COMMAND_EXAMPLES.reserve, cardId: 'x'.repeat(21) });
    expect(station.outcome).toMatchObject({ status: 'invalid' });
    station.begin({ ...START, portNo: null });
    expect(station.outcome).toMatchObject({ status: 'invalid' });
    station.begin({ ...COMMAND_EXAMPLES['certificate.trust'], use: 'v2g' });
    expect(station.outcome).toMatchObject({ status: 'unsupported' });
  });
});
