import { COMMAND_EXAMPLES, toInstant } from '@chargebus/domain';
import type { PortReport } from '@chargebus/events';
import type { z } from 'zod';
import { AStation, AT, AT_MS } from './a-station';

type Report = z.infer<typeof PortReport>;
const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } };
const status = (connectorStatus: string, connectorId = 1, evseId = 1, timestamp = AT) => ({
  timestamp,
  connectorStatus,
  evseId,
  connectorId,
});
const event = (eventType: string, chargingState: string | undefined, rest: object = {}) => ({
  eventType,
  timestamp: AT,
  triggerReason: 'ChargingStateChanged',
  seqNo: 0,
  transactionInfo: { transactionId: 'tx-1', ...(chargingState !== undefined && { chargingState }) },
  ...rest,
});
const portsAfter = (station: AStation, action: string, payload: object): readonly Report[] =>
  station.says(action, payload).facts.flatMap((fact) => (fact.type === 'port.status' ? fact.ports : []));
const stateAfter = (station: AStation, action: string, payload: object): string | undefined =>
  portsAfter(station, action, payload)[0]?.state;

describe('OCPP 2.0.1: a station on its connection', () => {
  it('B04 follows a port from the cable to the end, with the words of its transaction', () => {
    const station = new AStation();
    const states = [
      stateAfter(station, 'StatusNotification', status('Available')),
      stateAfter(station, 'StatusNotification', status('Occupied')),
      stateAfter(station, 'TransactionEvent', event('Started', 'EVConnected', { evse: { id: 1 } })),
      stateAfter(station, 'TransactionEvent', event('Updated', 'Charging')),
      stateAfter(station, 'TransactionEvent', event('Updated', 'SuspendedEV')),
      stateAfter(station, 'TransactionEvent', event('Ended', 'Idle')),
      stateAfter(station, 'StatusNotification', status('Available')),
      stateAfter(station, 'StatusNotification', status('Occupied')),
    ];
    expect(states).toEqual(['idle', 'plugged', 'plugged', 'charging', 'suspended', 'finished', 'idle', 'plugged']);
  });

  it('shows an EVSE as the worst of its connectors, and drops a notification that was overtaken', () => {
    const station = new AStation();
    station.says('StatusNotification', status('Available', 1));
    expect(stateAfter(station, 'StatusNotification', status('Faulted', 2))).toBe('fault');
    expect(stateAfter(station, 'StatusNotification', status('Available', 1))).toBe('fault');
    const earlier = toInstant(AT_MS - 60_000);
    expect(portsAfter(station, 'StatusNotification', status('Available', 2, 1, earlier))).toEqual([]);
  });

  it('says nothing about a port from what happened while the station was away', () => {
    const station = new AStation();
    station.says('StatusNotification', status('Available'));
    const offline = event('Updated', 'Charging', { evse: { id: 1 }, offline: true });
    expect(portsAfter(station, 'TransactionEvent', offline)).toEqual([]);
    expect(stateAfter(station, 'StatusNotification', status('Occupied'))).toBe('plugged');
  });

  it('calls events offline that are older than the threshold, said or not', () => {
    const late = { ...event('Updated', undefined), timestamp: toInstant(AT_MS - 61_000) };
    expect(new AStation().fact('charge.transaction', 'TransactionEvent', late).offline).toBe(true);
    expect(
      new AStation({ offlineThresholdMs: 120_000 }).fact('charge.transaction', 'TransactionEvent', late).offline,
    ).toBe(false);
  });

  it('gives later events of a transaction the EVSE and the order that an earlier one named', () => {
    const station = new AStation();
    const orderRef = '01234567890123456789012345678901';
    station.says(
      'TransactionEvent',
      event('Started', undefined, { evse: { id: 2 }, idToken: { idToken: orderRef, type: 'Central' } }),
    );
    expect(
      station.fact('charge.transaction', 'TransactionEvent', event('Updated', undefined, { seqNo: 1 })),
    ).toMatchObject({
      portNo: 2,
      orderRef,
      source: 'platform',
    });
    const values = { evseId: 2, meterValue: [{ timestamp: AT, sampledValue: [{ value: 1 }] }] };
    expect(station.fact('charge.transaction', 'MeterValues', values).transactionRef).toBe('tx-1');
  });

  it('answers an event with a token as our failure while it cannot be stored, and Authorize with the fallback', () => {
    const token = { idToken: { idToken: 'A', type: 'ISO14443' } };
    const event1 = new AStation().says('TransactionEvent', event('Started', undefined, token)).answer;
    const failed = event1.when === 'asked' ? event1.failed?.() : undefined;
    expect(JSON.parse(new TextDecoder().decode(failed))).toMatchObject([4, 'm1', 'InternalError', 'not stored', {}]);
    expect(new AStation().says('Authorize', token).answer).not.toHaveProperty('failed');
  });

  it('keeps first and last of signed values, whatever is in them', () => {
    const signed = (data: string) => ({
      value: 1,
      signedMeterValue: { signedMeterData: data, signingMethod: '', encodingMethod: 'OCMF', publicKey: '' },
    });
    const meterValue = [{ timestamp: AT, sampledValue: ['a', '{"b":1}', 'OCMF|c'].map(signed) }];
    const { attributes } = new AStation().fact(
      'charge.transaction',
      'TransactionEvent',
      event('Ended', undefined, { meterValue }),
    );
    expect(attributes.signed).toMatchObject([{ data: 'a' }, { data: 'OCMF|c' }]);
  });

  it('knows the severity of monitors that were reported, and opens faults by it', () => {
    const station = new AStation();
    const component = { name: 'Connector', evse: { id: 1 } };
    const monitor = [
      {
        component,
        variable: { name: 'Temperature' },
        variableMonitoring: [{ id: 7, transaction: false, value: 80, type: 'UpperThreshold', severity: 2 }],
      },
    ];
    station.says('NotifyMonitoringReport', { requestId: 1, seqNo: 0, generatedAt: AT, monitor });
    const data = (rest: object) => ({
      generatedAt: AT,
      seqNo: 0,
      eventData: [
        {
          eventId: 1,
          timestamp: AT,
          trigger: 'Alerting',
          actualValue: '92',
          eventNotificationType: 'CustomMonitor',
          variableMonitoringId: 7,
          component,
          variable: { name: 'Temperature' },
          ...rest,
        },
      ],
    });
    expect(station.says('NotifyEvent', data({})).facts).toMatchObject([
      { type: 'device.fault', token: 'connector_temperature', portNo: 1, severity: 'critical' },
    ]);
    expect(station.says('NotifyEvent', data({ cleared: true })).facts).toMatchObject([
      { type: 'device.fault_cleared', token: 'connector_temperature', portNo: 1 },
    ]);
  });

  it('takes data of vendors that are known, and says what it does not know of them', () => {
    const station = new AStation({
      vendors: new Map([
        ['v', new Set(['m'])],
        ['w', null],
      ]),
    });
    const answerTo = (payload: object): unknown => (station.says('DataTransfer', payload).message as unknown[])[2];
    expect(answerTo({ vendorId: 'v', messageId: 'm', data: { any: ['thing'] } })).toEqual({ status: 'Accepted' });
    expect(answerTo({ vendorId: 'v', messageId: 'x' })).toEqual({ status: 'UnknownMessageId' });
    expect(answerTo({ vendorId: 'w' })).toEqual({ status: 'Accepted' });
    expect(answerTo({ vendorId: 'x' })).toEqual({ status: 'UnknownVendorId' });
  });

  it('asks for the states of a station that comes back without a boot, once', () => {
    const station = new AStation();
    expect(station.says('Heartbeat', {}).errands).toEqual([{ kind: 'status.query' }]);
    expect(station.says('Heartbeat', {}).errands).toBeUndefined();
    const booted = new AStation();
    expect(booted.says('BootNotification', boot).errands).toMatchObject([{ kind: 'params.set' }]);
    expect(booted.says('Heartbeat', {}).errands).toBeUndefined();
  });

  it('F23 takes the notifications of a station that sends them before its answer', () => {
    const station = new AStation();
    const notify = (connectorStatus: string): void => {
      station.says('StatusNotification', { timestamp: AT, connectorStatus, evseId: 1, connectorId: 1 });
    };
    notify('Available');
    station.begin({ kind: 'status.query' });
    notify('Occupied');
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toMatchObject({ status: 'acked', result: { fresh: true } });
    station.begin({ kind: 'status.query' });
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toBeNull();
    notify('Available');
    expect(station.outcome).toMatchObject({ status: 'acked', result: { fresh: true } });
    station.begin({ kind: 'status.query' });
    station.answers({ status: 'Rejected' });
    expect(station.outcome).toMatchObject({ status: 'acked', result: { fresh: false } });
  });
});

describe('OCPP 2.0.1: what depends on the station and the installation', () => {
  const start = { ...COMMAND_EXAMPLES['charge.start'], powerLimitW: 7_000 };
  it('A11 gives a power limit with the start to a station that has smart charging', () => {
    const station = new AStation();
    const [errand] = station.says('BootNotification', boot).errands ?? [];
    station.begin(errand!);
    answerVariables(station, { 'SmartChargingCtrlr.Enabled': 'true' });
    station.begin(start);
    expect(station.call).toMatchObject({
      action: 'RequestStartTransaction',
      payload: {
        chargingProfile: {
          chargingProfilePurpose: 'TxProfile',
          chargingSchedule: [{ chargingRateUnit: 'W', chargingSchedulePeriod: [{ limit: 7_000 }] }],
        },
      },
    });
    const plain = new AStation();
    plain.begin(start);
    expect(plain.call?.payload).not.toHaveProperty('chargingProfile');
  });

  it('A11 raises the security profile by a network profile in a free slot, put first, and a restart', () => {
    const station = new AStation({ urls: { '2': 'wss://charge.example.com/ocpp' } });
    station.begin({ kind: 'credentials.set', password: null, securityProfile: 2 });
    answerVariables(station, { 'OCPPCommCtrlr.NetworkConfigurationPriority': '1,0' });
    expect(station.call).toMatchObject({
      action: 'SetNetworkProfile',
      payload: {
        configurationSlot: 2,
        connectionData: { ocppCsmsUrl: 'wss://charge.example.com/ocpp', securityProfile: 2 },
      },
    });
    station.answers({ status: 'Accepted' });
    expect(station.call).toMatchObject({
      action: 'SetVariables',
      payload: { setVariableData: [{ attributeValue: '2,1,0', variable: { name: 'NetworkConfigurationPriority' } }] },
    });
    const priority = { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'NetworkConfigurationPriority' } };
    station.answers({ setVariableResult: [{ attributeStatus: 'Accepted', ...priority }] });
    expect(station.call).toMatchObject({ action: 'Reset', payload: { type: 'OnIdle' } });
    station.answers({ status: 'Scheduled' });
    expect(station.outcome).toMatchObject({ status: 'acked', result: { slot: 2, rebootRequired: false } });
    expect(new AStation().begin({ kind: 'credentials.set', password: null, securityProfile: 3 })).toMatchObject({
      status: 'unsupported',
      reason: 'no_url_for_profile',
    });
  });
});

describe('OCPP 2.0.1: registration', () => {
  it('refuses everything of a station that is rejected, but its next boot', () => {
    const station = new AStation({ registrationOf: () => 'Rejected' });
    expect(station.says('Heartbeat', {}).message).toMatchObject([4, 'm1', 'SecurityError', expect.any(String), {}]);
    const { message, facts, errands } = station.says('BootNotification', boot);
    expect(message).toMatchObject([3, 'm2', { status: 'Rejected', interval: 600 }]);
    expect(facts).toEqual([]);
    expect(errands).toEqual([]);
    expect(station.begin({ kind: 'device.reboot', scope: 'device' })).toEqual({
      status: 'rejected',
      reason: 'registration_rejected',
    });
  });

  it('hears a station that was never accepted only after its boot', () => {
    const station = new AStation({}, 1, false);
    expect(station.says('Heartbeat', {}).message).toMatchObject([4, 'm1', 'SecurityError', expect.any(String), {}]);
    expect(station.begin({ kind: 'cache.clear' })).toEqual({ status: 'rejected', reason: 'registration_none' });
    expect(station.says('BootNotification', boot).message).toMatchObject([3, 'm2', { status: 'Accepted' }]);
    expect(station.says('Heartbeat', {}).message).toEqual([3, 'm3', { currentTime: AT }]);
  });

  it('configures a station that waits, and has it boot again', () => {
    let accepted = false;
    const station = new AStation({ registrationOf: () => (accepted ? 'Accepted' : 'Pending') });
    const [errand] = station.says('BootNotification', boot).errands ?? [];
    expect(station.says('TransactionEvent', event('Started', undefined)).message).toMatchObject([
      4,
      'm2',
      'SecurityError',
      expect.any(String),
      {},
    ]);
    expect(station.begin({ kind: 'charge.stop', portNo: 1, orderRef: 'x' as never, keepLocked: false })).toMatchObject({
      reason: 'registration_pending',
    });
    station.begin(errand!);
    answerVariables(station, {});
    expect(station.call).toMatchObject({ action: 'TriggerMessage', payload: { requestedMessage: 'BootNotification' } });
    station.answers({ status: 'Accepted' });
    expect(station.outcome).toMatchObject({ status: 'acked' });
    accepted = true;
    expect(station.says('BootNotification', boot).message).toMatchObject([3, 'm3', { status: 'Accepted' }]);
    expect(station.says('Heartbeat', {}).message).toEqual([3, 'm4', { currentTime: AT }]);
  });
});

interface Item {
  readonly component: { readonly name: string };
  readonly variable: { readonly name: string };
  readonly attributeValue?: string;
}
const nameOf = ({ component, variable }: Item): string => `${component.name}.${variable.name}`;
/** Answers reads of variables until there is none: with these values, and as unknown what is not among them. */
function answerVariables(station: AStation, values: Readonly<Record<string, string>>): void {
  while (station.call?.action === 'GetVariables') {
    const { getVariableData } = station.call.payload as { getVariableData: readonly Item[] };
    station.answers({
      getVariableResult: getVariableData.map((item) => {
        const value = values[nameOf(item)];
        return {
          ...item,
          ...(value === undefined
            ? { attributeStatus: 'UnknownVariable' }
            : { attributeStatus: 'Accepted', attributeValue: value }),
        };
      }),
    });
  }
}

describe('OCPP 2.0.1: settings after a boot', () => {
  const right = { 'OCPPCommCtrlr.HeartbeatInterval': '300', 'TxCtrlr.TxStopPoint': 'Authorized, EVConnected' };
  const begin = (values: Readonly<Record<string, string>>): AStation => {
    const station = new AStation();
    const [errand] = station.says('BootNotification', boot).errands ?? [];
    station.begin(errand!);
    answerVariables(station, values);
    return station;
  };
  const set = (station: AStation): readonly string[] =>
    (station.call?.payload as { setVariableData: readonly Item[] }).setVariableData.map(
      (item) => `${nameOf(item)}=${item.attributeValue ?? ''}`,
    );
  const results = (station: AStation, statusOf: (name: string) => string): void => {
    const { setVariableData } = station.call?.payload as { setVariableData: readonly Item[] };
    station.answers({
      setVariableResult: setVariableData.map(({ component, variable }) => ({
        component,
        variable,
        attributeStatus: statusOf(nameOf({ component, variable })),
      })),
    });
  };

  it('writes nothing where everything is right or unknown', () => {
    expect(begin(right).outcome).toEqual({
      status: 'acked',
      result: { written: [], refused: [], rebootRequired: false },
    });
  });

  it('writes what differs, and tries less where a station cannot do all', () => {
    const station = begin({
      ...right,
      'OCPPCommCtrlr.HeartbeatInterval': '60',
      'SampledDataCtrlr.TxUpdatedMeasurands': 'SoC',
    });
    expect(set(station)).toEqual([
      'SampledDataCtrlr.TxUpdatedMeasurands=Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage,SoC',
      'OCPPCommCtrlr.HeartbeatInterval=300',
    ]);
    results(station, (name) => (name.startsWith('OCPP') ? 'RebootRequired' : 'Rejected'));
    expect(set(station)).toEqual([
      'SampledDataCtrlr.TxUpdatedMeasurands=Energy.Active.Import.Register,Power.Active.Import,Current.Import,Voltage',
    ]);
    results(station, () => 'Rejected');
    results(station, () => 'Accepted');
    expect(station.outcome).toEqual({
      status: 'acked',
      result: {
        written: ['OCPPCommCtrlr.HeartbeatInterval', 'SampledDataCtrlr.TxUpdatedMeasurands'],
        refused: [],
        rebootRequired: true,
      },
    });
  });

  it('gives up a setting that no value of is taken', () => {
    const station = begin({ 'SampledDataCtrlr.TxStartedMeasurands': '' });
    results(station, () => 'Rejected');
    expect(station.outcome).toMatchObject({
      result: { written: [], refused: ['SampledDataCtrlr.TxStartedMeasurands'] },
    });
  });
});
