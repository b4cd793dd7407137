import { randomUUID } from 'node:crypto';
import type { DeviceId, OrderRef, SessionId, TenantId } from '@chargebus/domain';
import { CommandId } from '@chargebus/domain';
import type { CommandView, DeviceView, PortView, SessionView, WebhookEndpointView } from '@chargebus/requests';

export function aSession(overrides: Partial<SessionView> = {}): SessionView {
  return {
    sessionId: 'SES20240113001' as SessionId,
    internalOrderId: 12345,
    tenantId: randomUUID() as TenantId,
    deviceId: '04AB373B' as DeviceId,
    portNo: 1,
    orderNo: 'ORD001',
    userId: 'USER001',
    state: 'charging',
    detail: null,
    limits: { mode: 1, timeLimitMin: 120, energyLimitKwh: 50, powerLimitW: 7000 },
    createdAt: '2024-01-13T10:00:00.000Z',
    startedAt: '2024-01-13T10:00:03.000Z',
    endedAt: null,
    durationS: 1800,
    energyWh: 3600,
    estimatedRemainingS: 300,
    progressPct: 25,
    lastSample: {
      sampledAt: '2024-01-13T10:30:00.000Z',
      durationS: 1800,
      energyWh: 3600,
      powerW: 7200,
      voltageV: 220.5,
      currentA: 32.7,
      temperatureC: 45,
      frequencyHz: 50,
    },
    startCommandId: aCommandId(),
    stopCommandId: null,
    ...overrides,
  };
}
export const aCommandId = (): CommandId => CommandId.parse(randomUUID());

export function aDevice(overrides: Partial<DeviceView> = {}): DeviceView {
  return {
    deviceId: '04AB373B' as DeviceId,
    tenantId: randomUUID() as TenantId,
    protocol: 'ap3000',
    deviceNo: '78329659',
    name: null,
    type: 'AC',
    region: 'beijing',
    station: null,
    tags: [],
    model: null,
    firmwareVersion: '1.28',
    iccid: null,
    imei: null,
    portCount: 2,
    maintenance: false,
    online: true,
    status: 'idle',
    onlineScore: 1,
    lastSeenAt: '2024-01-13T10:30:00.000Z',
    offlineTimeoutS: 375,
    heartbeatIntervalS: 180,
    openFaults: 0,
    attributes: {},
    createdAt: '2024-01-01T08:00:00.000Z',
    ...overrides,
  };
}
export const aPort = (overrides: Partial<PortView> = {}): PortView => ({
  portNo: 1,
  state: 'charging',
  fault: null,
  maintenance: false,
  changedAt: '2024-01-13T10:00:03.000Z',
  sessionId: 'SES20240113001' as SessionId,
  powerW: 7200,
  ...overrides,
});

export function aCommand(overrides: Partial<CommandView> = {}): CommandView {
  return {
    commandId: aCommandId(),
    tenantId: randomUUID() as TenantId,
    deviceId: '04AB373B' as DeviceId,
    sessionId: null,
    clientId: null,
    command: {
      kind: 'charge.stop',
      portNo: 1,
      orderRef: '00112233445566778899aabbccddeeff' as OrderRef,
      keepLocked: false,
    },
    status: 'acked',
    reason: null,
    result: { portNo: 1 },
    attempts: 1,
    createdAt: '2024-01-13T10:00:00.000Z',
    sentAt: '2024-01-13T10:00:00.050Z',
    finishedAt: '2024-01-13T10:00:02.700Z',
    expiresAt: '2024-01-13T10:05:00.000Z',
    ...overrides,
  };
}

export function anEndpoint(overrides: Partial<WebhookEndpointView> = {}): WebhookEndpointView {
  return {
    endpointId: 'whe_1',
    url: 'https://partner.example/hook',
    events: ['charging.*'],
    payloadVersion: 'v1',
    signature: 'both',
    description: null,
    deviceFilter: null,
    rateLimitPerMin: null,
    timeoutS: null,
    retryCount: null,
    headerNames: [],
    publicKey: null,
    status: 'enabled',
    disabledReason: null,
    secretHint: '9f2c',
    previousSecretUntil: null,
    createdAt: '2024-01-13T09:00:00.000Z',
    updatedAt: '2024-01-13T09:00:00.000Z',
    ...overrides,
  };
}
export const HEALTHY = { level: 'healthy' as const, score: 100, presence: 1, faults: 1, answers: 1 };
