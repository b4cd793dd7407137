import type { ChargeStatus, RealtimeData } from '@chargebus/api-contract';
import type { PortState } from '@chargebus/domain';
import type { SessionSample, SessionState, SessionView } from '@chargebus/requests';
import type { z } from 'zod';

/** Decision 35: what integrators see of the internal states. `detail_status` carries the state itself. */
export const STATUS_OF: Readonly<Record<SessionState, ChargeStatus['status']>> = {
  pending: 'idle', // ordered, no energy yet
  starting: 'idle',
  charging: 'charging',
  stopping: 'stopping',
  settled: 'completed',
  failed: 'fault',
  interrupted: 'fault', // ended, its settlement is missing
};

export interface StatusSource {
  readonly session: SessionView | null;
  readonly portState: PortState | null;
  readonly online: boolean;
}

export function chargeStatusView(
  source: StatusSource,
  asked: { readonly phyId: string; readonly portNo: number; readonly includeRealtime: boolean },
): ChargeStatus {
  const { session, portState, online } = source;
  return {
    phy_id: session?.deviceId ?? asked.phyId,
    port_no: asked.portNo,
    session_id: session?.sessionId ?? null,
    internal_order_id: session?.internalOrderId ?? null,
    third_party_order_no: session?.orderNo ?? null,
    order_no: session?.orderNo ?? null,
    status: session === null ? (portState === 'fault' ? 'fault' : 'idle') : STATUS_OF[session.state],
    detail_status: session?.state ?? portState ?? 'unknown',
    reason: session?.detail ?? null,
    port_state: portState,
    online,
    start_time: session?.startedAt ?? null,
    end_time: session?.endedAt ?? null,
    duration: session?.durationS ?? 0,
    energy_consumed: kwh(session?.energyWh ?? 0),
    estimated_remaining: session?.estimatedRemainingS ?? null,
    progress_percentage: session?.progressPct ?? null,
    ...(asked.includeRealtime ? { realtime_data: realtimeView(session?.lastSample ?? null) } : {}),
  };
}

/** Wh → kWh without the tail of binary fractions. */
export const kwh = (energyWh: number): number => Math.round(energyWh * 1000) / 1_000_000;

export const realtimeView = (sample: z.infer<typeof SessionSample> | null): RealtimeData | null =>
  sample === null
    ? null
    : {
        voltage: sample.voltageV,
        current: sample.currentA,
        power: sample.powerW,
        temperature: sample.temperatureC,
        frequency: sample.frequencyHz,
        sampled_at: sample.sampledAt,
      };
