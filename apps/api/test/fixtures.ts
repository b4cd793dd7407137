import { randomUUID } from 'node:crypto';
import type { ClientId, DeviceId, SessionId, TenantId } from '@chargebus/domain';
import { CommandId } from '@chargebus/domain';
import type { SessionView } from '@chargebus/requests';

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
export const aClientId = (): ClientId => randomUUID() as ClientId;
