import { createHash } from 'node:crypto';
import { toInstant } from '@chargebus/domain';
import { SystemAlarm } from '@chargebus/events';
import type { DisabledEndpoint } from '@chargebus/persistence/webhook';

/** Tells the tenant that an endpoint gets nothing any more. An event about no device counts its sequence in milliseconds. */
export function disabledAlarm(endpoint: DisabledEndpoint, nowMs: number): SystemAlarm {
  const { endpointId, tenantId, reason, failures, failingSince } = endpoint;
  const cause = `${endpointId}:${nowMs.toString()}`;
  return {
    id: `evt_${createHash('sha256').update(`${cause}:${SystemAlarm.type}`).digest('hex').slice(0, 32)}`,
    type: SystemAlarm.type,
    version: SystemAlarm.version,
    tenantId,
    deviceId: null,
    occurredAt: toInstant(nowMs),
    sequence: nowMs,
    causeId: cause,
    data: {
      alarmType: 'webhook_endpoint_disabled',
      severity: 'warning',
      message: messageOf(endpoint),
      details: {
        endpoint_id: endpointId,
        reason,
        failed_attempts: failures,
        failing_since: failingSince?.toISOString() ?? null,
      },
    },
  };
}

function messageOf({ reason, failures }: DisabledEndpoint): string {
  switch (reason) {
    case 'gone':
      return 'the webhook endpoint answered 410 Gone and was disabled';
    case 'maker_gone':
      return 'the webhook endpoint was disabled because who made it may not call any more';
    default:
      return `the webhook endpoint was disabled after ${failures.toString()} failed attempts without a success`;
  }
}
