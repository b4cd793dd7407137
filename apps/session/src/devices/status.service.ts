import { assessHealth, DEVICE_STATES, deviceStatus, isFinal, PortState, toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import type { DeviceShare, HealthRepository } from '@chargebus/persistence/session';
import type {
  Audience,
  DeviceStatusView,
  GetDeviceStatuses,
  ReplyOf,
  RequestOf,
  SessionView,
  SummariseDevices,
} from '@chargebus/requests';
import type { DeviceSnapshot } from '../shadow/device-shadow';
import { completePorts, toDeviceStatus, toPortView } from '../shadow/views';
import type { DeviceFinder } from './device-finder';

type Summary = ReplyOf<typeof SummariseDevices>;
type Included = RequestOf<typeof GetDeviceStatuses>['include'];
type OpenSession = NonNullable<DeviceStatusView['sessions']>[number];

const HEALTH_LEVELS = ['healthy', 'warning', 'critical'] as const;

/** How devices are: many at once from the shadow, and all together from Postgres. */
export class StatusService {
  constructor(
    private readonly finder: DeviceFinder,
    private readonly health: Pick<HealthRepository, 'count'>,
    private readonly now: () => number,
  ) {}

  async many(request: RequestOf<typeof GetDeviceStatuses>): Promise<ReplyOf<typeof GetDeviceStatuses>> {
    const found = await this.finder.snapshots(request, request.deviceIds);
    return {
      devices: request.deviceIds.map((id) => {
        const snapshot = found.get(id);
        return snapshot === undefined ? null : statusView(snapshot, request.include);
      }),
    };
  }

  async summarise({ filter, ...viewer }: Audience & RequestOf<typeof SummariseDevices>): Promise<Summary> {
    const { shares, ports, portTotal, sessions, lastSeenAtMs } = await this.health.count(viewer, filter);
    const nowMs = this.now();
    const told = Object.values(ports).reduce((sum, n) => sum + n, 0);
    const byState = tally(PortState.options, Object.entries(ports) as [PortState, number][]);
    const regions = new Map<string | null, DeviceShare[]>();
    for (const share of shares) regions.set(share.region, [...(regions.get(share.region) ?? []), share]);
    return {
      at: toInstant(nowMs),
      lastSeenAt: lastSeenAtMs === null ? null : toInstant(Math.min(lastSeenAtMs, nowMs)),
      ...totals(shares),
      byStatus: tally(
        DEVICE_STATES,
        shares.map((share) => [deviceStatus({ ...share, charging: share.isCharging }), share.devices]),
      ),
      byHealth: tally(
        HEALTH_LEVELS,
        shares.map((share) => [assessHealth(share).level, share.devices]),
      ),
      byType: {
        AC: totals(shares.filter(({ type }) => type === 'AC')),
        DC: totals(shares.filter(({ type }) => type === 'DC')),
      },
      byRegion: [...regions]
        .map(([region, mine]) => ({ region, ...totals(mine) }))
        .sort((a, b) => (a.region ?? '\uffff').localeCompare(b.region ?? '\uffff')),
      // Ports that a device has and never reported are unknown.
      ports: { total: portTotal, byState: { ...byState, unknown: byState.unknown + portTotal - told } },
      runningSessions: sessions,
    };
  }
}

const totals = (shares: readonly DeviceShare[]): { total: number; online: number } => ({
  total: shares.reduce((sum, { devices }) => sum + devices, 0),
  online: shares.reduce((sum, { devices, online }) => sum + (online ? devices : 0), 0),
});

/** Sums by key; keys without any are 0. */
function tally<K extends string>(keys: readonly K[], entries: readonly (readonly [K, number])[]): Record<K, number> {
  const sums = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
  for (const [key, n] of entries) sums[key] += n;
  return sums;
}

function statusView(snapshot: DeviceSnapshot, include: Included): DeviceStatusView {
  const { device, openFaults, heardAtMs, ports, sessions } = snapshot;
  const all = completePorts(device, ports);
  const open = [...sessions.values()].filter(isOpen);
  const lastSeenMs = Math.max(device.lastFrameAtMs ?? 0, heardAtMs ?? 0);
  return {
    deviceId: device.deviceId satisfies DeviceId,
    online: device.online,
    lastSeenAt: lastSeenMs === 0 ? null : toInstant(lastSeenMs),
    status: toDeviceStatus(snapshot),
    maintenance: device.maintenance,
    openFaults,
    portCount: device.portCount,
    voltageV: device.voltageV,
    temperatureC: device.temperatureC,
    signal: device.signal,
    ...(include.ports && { ports: all.map((port) => toPortView(device, port, sessions.get(port.portNo) ?? null)) }),
    ...(include.samples && { samples: all.map(({ portNo }) => ({ portNo, newest: newestSample(open, portNo) })) }),
    ...(include.sessions && { sessions: open }),
  };
}

const newestSample = (open: readonly OpenSession[], portNo: number) =>
  open.find((session) => session.portNo === portNo)?.lastSample ?? null;

const isOpen = (session: SessionView): session is OpenSession => !isFinal(session.state) && session.portNo !== null;
