import Ajv2020 from 'ajv/dist/2020';
import {
  ApiErrorEvent,
  ApprovalDecided,
  ApprovalRequested,
  BUSINESS_EVENTS,
  ChargingCompleted,
  ChargingFailed,
  ChargingProgress,
  ChargingStarted,
  ChargingCorrected,
  ChargingStopped,
  DeviceControlScheduled,
  DeviceFault,
  DeviceHeartbeat,
  DeviceOffline,
  DeviceOnline,
  DeviceRecovered,
  DeviceParamResult,
  DeviceRegistration,
  DeviceUpgradeProgress,
  JobFinished,
  JobProgress,
  SystemAlarm,
  SystemMaintenance,
} from '..';
import type { EventDefinition } from '..';
import type { DeviceId, PayloadVersion, TenantId } from '@chargebus/domain';
import { DELIVERABLE_EVENTS, payloadExample, payloadJsonSchema, renderEvent } from './catalogue';
import { toKwh } from './payload';

function payload(definition: EventDefinition, version: PayloadVersion): Record<string, unknown> {
  const event = {
    id: 'evt_20240113_001',
    type: definition.type,
    version: definition.version,
    tenantId: '0190a0e0-0000-7000-8000-00000000000a' as TenantId,
    deviceId: '04AB373B' as DeviceId,
    occurredAt: '2024-01-13T10:01:00.250Z',
    sequence: 42,
    causeId: null,
    data: definition.example,
  };
  return JSON.parse(renderEvent(event, version)) as Record<string, unknown>;
}
const data = (definition: EventDefinition, version: PayloadVersion = 'v1'): unknown =>
  payload(definition, version).data;

const session = {
  session_id: 'SES20240113001',
  third_party_order_no: 'ORD001',
  order_no: 'ORD001',
  third_party_user_id: 'USER001',
  user_id: 'USER001',
  port_no: 1,
};

describe('webhook payloads', () => {
  it.each(DELIVERABLE_EVENTS)('I01 wraps %s in the envelope, in both versions', (type) => {
    const definition = BUSINESS_EVENTS.find((event) => event.type === type)!;
    for (const version of ['v1', 'v1-flat'] as const)
      expect(payload(definition, version)).toEqual({
        event: type,
        event_id: 'evt_20240113_001',
        device_phy_id: '04AB373B',
        timestamp: 1705140060,
        occurred_at: '2024-01-13T10:01:00.250Z',
        sequence: 42,
        data: expect.any(Object) as object,
      });
  });

  it('I02 says that a charge started', () => {
    expect(data(ChargingStarted)).toEqual({
      ...session,
      source: 'platform',
      mode: 1,
      time_limit: 120,
      energy_limit: 50,
      power_limit: 7000,
      start_time: '2024-01-13T10:00:00.000Z',
      estimated_end_time: '2024-01-13T12:00:00.000Z',
    });
  });
  it('I03 says that a charge started, flat', () => {
    expect(data(ChargingStarted, 'v1-flat')).toEqual({
      ...session,
      mode: 1,
      time_limit: 120,
      energy_limit: 50,
      estimated_power: 7000,
      start_time: '2024-01-13T10:00:00.000Z',
    });
  });
  it('I04 I27 says how a charge goes on', () => {
    expect(data(ChargingProgress)).toEqual({
      ...session,
      duration: 60,
      energy_consumed: 1.2,
      progress_percentage: 15.5,
      progress_basis: 'time',
      realtime_data: { voltage: 220.5, current: 32.7, power: 7200, temperature: 45, frequency: 50, soc: null },
      estimated_remaining: 300,
      sampled_at: '2024-01-13T10:01:00.000Z',
      phase: 'charging',
    });
  });
  it('I05 says how a charge goes on, flat', () => {
    expect(data(ChargingProgress, 'v1-flat')).toEqual({
      ...session,
      duration: 60,
      energy_consumed: 1.2,
      current_power: 7200,
      voltage: 220.5,
      current: 32.7,
      temperature: 45,
      progress_percentage: 15.5,
      progress_basis: 'time',
      estimated_remaining: 300,
      sampled_at: '2024-01-13T10:01:00.000Z',
      phase: 'charging',
    });
  });
  it('I06 says how a charge ended', () => {
    const totals = {
      ...session,
      source: 'platform',
      card_id: null,
      start_time: '2024-01-13T10:00:00.000Z',
      end_time: '2024-01-13T11:00:00.000Z',
      total_duration: 3600,
      total_energy: 5.8,
      average_power: 5800,
      end_reason: 'time_limit_reached',
      abnormal: false,
    };
    const billing = { peak_power: 7200, min_power: 5000, power_factor: 0.98 };
    expect(data(ChargingCompleted)).toEqual({ ...totals, billing_data: billing });
    expect(data(ChargingCompleted, 'v1-flat')).toEqual({ ...totals, ...billing });
  });
  const sameInBoth = (definition: EventDefinition, expected: object): void => {
    expect(data(definition)).toEqual(expected);
    expect(data(definition, 'v1-flat')).toEqual(expected);
  };
  it('I07 says that a stop was confirmed', () => {
    sameInBoth(ChargingStopped, { ...session, reason: 'user_stop', stop_time: '2024-01-13T10:30:00.000Z' });
  });
  it('I08 says that a charge failed', () => {
    sameInBoth(ChargingFailed, {
      ...session,
      reason: 'no_charger',
      message: 'no charger is plugged in',
      start_time: null,
      last_energy: null,
      waiting_ports: [],
    });
  });
  it('I06 says that an account was corrected', () => {
    sameInBoth(ChargingCorrected, {
      ...session,
      supersedes: 'evt_2Zt0pTQyq0pJ5m3cXr1dWw',
      start_time: '2024-01-13T10:00:00.000Z',
      end_time: '2024-01-13T11:00:00.000Z',
      total_duration: 3600,
      total_energy: 5.9,
      end_reason: 'time_limit_reached',
      suspect: false,
      estimated: false,
      incomplete: false,
    });
  });
  it('I09 says that a device is online', () => {
    sameInBoth(DeviceOnline, { since: '2024-01-13T10:00:00.000Z', protocol: 'ap3000', offline_duration: 300 });
  });
  it('I10 says that a device is offline', () => {
    sameInBoth(DeviceOffline, {
      last_seen: '2024-01-13T10:00:00.000Z',
      offline_duration: 300,
      reason: 'heartbeat_timeout',
      affected_sessions: ['SES20240113001'],
      recovery_actions: ['auto_reconnect', 'device_reset'],
    });
  });
  it('I11 says that a device is alive', () => {
    const ports = [{ port_no: 1, status: 'idle', fault: null }];
    sameInBoth(DeviceHeartbeat, { voltage: 220.5, temperature: 28, signal: 21, ports });
  });
  it('I12 says that a device has a fault', () => {
    sameInBoth(DeviceFault, {
      fault_id: 'flt_1',
      fault_type: 'temperature_overheat',
      severity: 'warning',
      port_no: 1,
      fault_details: { current_temperature: 75, threshold: 60, sensor_id: 'T1' },
      affected_session: 'SES20240113001',
      auto_recovery: false,
      suggested_actions: ['check_cooling'],
    });
  });
  it('I13 says that a fault is over', () => {
    sameInBoth(DeviceRecovered, { fault_id: 'flt_1', fault_type: 'temperature_overheat', port_no: 1, duration: 600 });
  });
  it('I14 says that the installation needs a person', () => {
    sameInBoth(SystemAlarm, {
      alarm_type: 'webhook_endpoint_disabled',
      severity: 'warning',
      message: 'endpoint was disabled after failing for 72 h',
      details: { endpoint_id: 'we_1' },
    });
  });
  it('I15 says that the installation is worked on', () => {
    sameInBoth(SystemMaintenance, {
      maintenance_id: 'mnt_1',
      status: 'scheduled',
      message: 'the database moves to new machines; orders may take a minute longer',
      start_time: '2024-01-14T02:00:00.000Z',
      end_time: '2024-01-14T02:30:00.000Z',
      affects: ['api'],
    });
  });
  it('I16 says that calls failed', () => {
    sameInBoth(ApiErrorEvent, {
      request_id: 'req_1',
      method: 'POST',
      endpoint: '/api/third/devices/{phyId}/charge/start',
      status_code: 503,
      code: 1503,
      error: 'SERVICE_UNAVAILABLE',
      message: 'session is not available',
      device_phy_id: '04AB373B',
      third_party_order_no: 'ORD001',
      order_no: 'ORD001',
      occurrences: 3,
      window_seconds: 4.2,
    });
  });
  it('I17 says how a firmware upgrade goes on', () => {
    sameInBoth(DeviceUpgradeProgress, {
      upgrade_id: 'upg_1',
      job_id: null,
      status: 'transferring',
      version: 'v2.1.0',
      previous_version: 'v2.0.3',
      progress: 42.5,
      packets_sent: 425,
      packets_total: 1000,
      reason: null,
      message: null,
    });
  });
  it('I18 says that a control action will follow', () => {
    sameInBoth(DeviceControlScheduled, {
      control_id: 'ctl_1',
      action: 'reboot',
      reason: 'maintenance',
      delay_seconds: 30,
      scheduled_time: '2024-01-13T10:00:30.000Z',
      affected_sessions: ['SES20240113001'],
    });
  });
  it('I19 says what came of a change of parameters', () => {
    sameInBoth(DeviceParamResult, {
      change_id: 'prm_1',
      job_id: null,
      version: 7,
      source: 'api',
      outcome: 'applied',
      reason: null,
      parameters: [
        { name: 'max_current', requested: 32, before: 16, actual: 32, outcome: 'applied', reason: null },
        {
          name: 'voltage_threshold',
          requested: [200, 250],
          before: null,
          actual: null,
          outcome: 'applied',
          reason: null,
        },
      ],
      finish_time: '2024-01-13T10:00:05.000Z',
    });
  });
  it('I19 E34 says that a dangerous order waits for a second person, and what became of it', () => {
    const asked = {
      approval_id: '8c1f6a0e-3b57-4a38-9a7c-2f1d9b7e5c10',
      action: 'memory.write',
      reason: 'calibration after the meter was replaced',
      requested_by: { client_id: '1f0c6a52-3f7e-4f4d-9d5b-0c8b8f5a7e21', name: 'maintenance desk' },
    };
    sameInBoth(ApprovalRequested, {
      ...asked,
      requested_at: '2024-01-13T10:00:00.000Z',
      expires_at: '2024-01-13T11:00:00.000Z',
    });
    sameInBoth(ApprovalDecided, {
      ...asked,
      status: 'approved',
      decided_by: { client_id: '2a7d0c9b-6f43-4e0b-8a55-7d3e1c9f4b20', name: 'shift lead' },
      decided_at: '2024-01-13T10:05:00.000Z',
      comment: 'agreed by telephone',
      command_id: '5b9c2f0e-8a0b-4a5b-9a52-0b4a2f8f6d11',
    });
  });
  it('I19 says how far a job is, and that it is over', () => {
    const job = { job_id: 'job_1', kind: 'batch_control', start_time: '2024-01-13T10:00:00.000Z' };
    sameInBoth(JobProgress, {
      ...job,
      status: 'running',
      ...{ total: 1000, pending: 570, running: 10, succeeded: 415, failed: 5, skipped: 0 },
      progress_percentage: 42,
    });
    sameInBoth(JobFinished, {
      ...job,
      status: 'completed',
      ...{ total: 1000, pending: 0, running: 0, succeeded: 990, failed: 10, skipped: 0 },
      progress_percentage: 100,
      reason: null,
      end_time: '2024-01-13T10:02:10.000Z',
    });
  });
  it('I26 says that a device described itself', () => {
    sameInBoth(DeviceRegistration, {
      protocol: 'ap3000',
      model: 'dual_socket',
      firmware_version: '6.40',
      port_count: 2,
      iccid: '898604D9162390488297',
    });
  });

  it('gives energy in kWh without binary remainders, and refuses an event that is not public', () => {
    expect([5800, 0.1, 1234.567, 0, null].map(toKwh)).toEqual([5.8, 0.0001, 1.234567, 0, null]);
    const internal = BUSINESS_EVENTS.find((event) => event.internal)!;
    expect(() => payload(internal, 'v1')).toThrow('no payload');
  });

  describe.each(['v1', 'v1-flat'] as const)('in version %s', (version) => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });

    it.each(DELIVERABLE_EVENTS)('I21 has a schema that fits the example of %s, with every field described', (type) => {
      const schema = payloadJsonSchema(type, version);
      expect([ajv.validate(schema, payloadExample(type, version)), ajv.errorsText()]).toEqual([true, 'No errors']);
      expect(ajv.validate(schema, { ...payloadExample(type, version), data: {} })).toBe(false);
      expect(undescribed(schema)).toEqual([]);
    });
  });
});

/** Names of properties without a description, at any depth. */
function undescribed(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) => {
    const here =
      key === 'properties'
        ? Object.entries(value as Record<string, object>).filter(([, field]) => !('description' in field))
        : [];
    return [...here.map(([name]) => name), ...undescribed(value)];
  });
}
