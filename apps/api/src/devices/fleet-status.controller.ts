import { batchStatus, batchSummary, deviceFilterOf } from '@chargebus/api-contract';
import type { DeviceStatus, ResultOf } from '@chargebus/api-contract';
import { toInstant } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { GetDeviceStatuses, SummariseDevices } from '@chargebus/requests';
import type { DeviceStatusView } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { chargeStatusView, kwh, realtimeView } from '../charge/charge.view';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { portView } from './device.view';
import { SharedAnswers } from './shared-answers';

type Included = Pick<CallOf<typeof batchStatus>['body'], 'include_ports' | 'include_realtime' | 'include_session'>;
interface Share {
  readonly total: number;
  readonly online: number;
}

/** Asked at once, so that replicas of `session` share the work and no answer outgrows the bus. */
const SHARE = 250;

/** Many devices at once, and all together (H07, H08): asked of `session`. */
@Controller()
export class FleetStatusController {
  constructor(
    private readonly bus: Bus,
    private readonly shared: SharedAnswers,
  ) {}

  @Endpoint(batchStatus)
  async statuses(@Call() { body, caller, context }: CallOf<typeof batchStatus>): Promise<ResultOf<typeof batchStatus>> {
    const asked = [...new Set(body.device_phy_ids)];
    const shares = Array.from({ length: Math.ceil(asked.length / SHARE) }, (_, at) =>
      asked.slice(at * SHARE, (at + 1) * SHARE),
    );
    const include = {
      ports: body.include_ports || body.include_session, // a session is shown with the state of its port
      samples: body.include_realtime,
      sessions: body.include_session,
    };
    const answers = await Promise.all(
      shares.map((deviceIds) =>
        this.bus.ask(GetDeviceStatuses, { ...audienceOf(caller), deviceIds, include }, { context }),
      ),
    );
    const found = answers.flatMap(({ devices }) => devices);
    const devices = asked.map((phyId, at) => statusOf(phyId, found[at] ?? null, body));
    const missing = devices.filter((device) => !device.found).map((device) => device.phy_id);
    return {
      total: asked.length,
      found: asked.length - missing.length,
      not_found: missing,
      devices,
      timestamp: toInstant(Date.now()),
    };
  }

  @Endpoint(batchSummary)
  async summary(
    @Call() { query, caller, context }: CallOf<typeof batchSummary>,
  ): Promise<ResultOf<typeof batchSummary>> {
    const request = { ...audienceOf(caller), filter: deviceFilterOf(query) };
    const summary = await this.shared.ask(SummariseDevices, request, context);
    const { AC, DC } = summary.byType;
    const { total, online, offline } = shareOf(summary);
    return {
      total_devices: total,
      online_devices: online,
      offline_devices: offline,
      by_online: { online, offline },
      by_type: { AC: shareOf(AC), DC: shareOf(DC) },
      by_region: summary.byRegion.map(({ region, ...share }) => ({ region, ...shareOf(share) })),
      by_state: summary.byStatus,
      health: summary.byHealth,
      ports: { total: summary.ports.total, by_state: summary.ports.byState },
      active_sessions: summary.runningSessions,
      last_seen: summary.lastSeenAt,
      timestamp: summary.at,
    };
  }
}

const shareOf = ({ total, online }: Share) => ({ total, online, offline: total - online });

function statusOf(phyId: string, device: DeviceStatusView | null, included: Included): DeviceStatus {
  if (device === null) return { phy_id: phyId, found: false, error: DeviceNotFound.definition.name };
  return {
    phy_id: phyId,
    found: true,
    error: null,
    online: device.online,
    status: device.status,
    maintenance: device.maintenance,
    open_faults: device.openFaults,
    port_count: device.portCount,
    last_seen: device.lastSeenAt,
    ...(included.include_ports && { ports: (device.ports ?? []).map(portView) }),
    ...(included.include_realtime && { realtime: realtimeOf(device) }),
    ...(included.include_session && { sessions: sessionsOf(device) }),
  };
}

function realtimeOf({ voltageV, temperatureC, signal, samples = [] }: DeviceStatusView): DeviceStatus['realtime'] {
  return {
    voltage: voltageV,
    temperature: temperatureC,
    signal,
    ports: samples.map(({ portNo, newest }) => ({
      port_no: portNo,
      duration: newest?.durationS ?? null,
      energy_consumed: newest === null ? null : kwh(newest.energyWh),
      realtime_data: realtimeView(newest),
    })),
  };
}

const sessionsOf = ({ deviceId, online, ports = [], sessions = [] }: DeviceStatusView): DeviceStatus['sessions'] =>
  sessions.map((session) => {
    const portState = ports.find(({ portNo }) => portNo === session.portNo)?.state ?? null;
    return chargeStatusView(
      { session, portState, online },
      { phyId: deviceId, portNo: session.portNo, includeRealtime: false },
    );
  });
