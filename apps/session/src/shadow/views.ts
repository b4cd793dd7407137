import { deviceStatus, isFinal, PORT_STATES_CHARGING, progressOf, toInstant, weighPresence } from '@chargebus/domain';
import type {
  ChargingSession,
  DeviceProfile,
  DeviceRecord,
  DeviceStatus,
  MeterSample,
  PortRecord,
} from '@chargebus/domain';
import type { DeviceView, PortView, SelectedDevice, SessionView } from '@chargebus/requests';
import { inMaintenance } from '../devices/maintenance';
import type { Rules } from '../devices/rules';
import type { DeviceSnapshot } from './device-shadow';

const instantOrNull = (ms: number | null): string | null => (ms === null ? null : toInstant(ms));

export function toSampleView(sample: MeterSample): NonNullable<SessionView['lastSample']> {
  const { sampledAtMs, durationS, energyWh, powerW, voltageV, currentA, temperatureC, frequencyHz } = sample;
  return {
    sampledAt: toInstant(sampledAtMs),
    durationS,
    energyWh,
    powerW,
    voltageV,
    currentA,
    temperatureC,
    frequencyHz,
  };
}

/** How others see a session. Totals of an open one are those of its last sample, of a closed one its settlement's. */
export function toSessionView(session: ChargingSession, sample: MeterSample | null): SessionView {
  const view: SessionView = {
    sessionId: session.sessionId,
    internalOrderId: session.internalOrderId,
    tenantId: session.tenantId,
    deviceId: session.deviceId,
    portNo: session.portNo,
    orderNo: session.orderNo,
    userId: session.userId,
    state: session.state,
    detail: session.detail,
    limits: session.limits,
    createdAt: toInstant(session.createdAtMs),
    startedAt: instantOrNull(session.startedAtMs),
    endedAt: instantOrNull(session.endedAtMs),
    durationS: session.durationS,
    energyWh: session.energyWh,
    estimatedRemainingS: null,
    progressPct: null,
    lastSample: null,
    startCommandId: session.startCommandId,
    stopCommandId: session.stopCommandId,
  };
  return sample === null ? view : withSample(view, sample);
}

/** The same session with a newer sample. */
export function withSample(view: SessionView, sample: MeterSample): SessionView {
  const lastSample = toSampleView(sample);
  if (isFinal(view.state)) return { ...view, lastSample };
  const { progressPct, estimatedRemainingS } = progressOf(view.limits, sample);
  return {
    ...view,
    durationS: sample.durationS,
    energyWh: sample.energyWh,
    progressPct,
    estimatedRemainingS,
    lastSample,
  };
}

/** The one word for how a device is: the first that is true of it. */
export function toDeviceStatus({
  device,
  openFaults,
  ports,
  sessions,
}: Pick<DeviceSnapshot, 'device' | 'openFaults' | 'ports' | 'sessions'>): DeviceStatus {
  const all = completePorts(device, ports);
  const runs = [...sessions.values()].some(({ state }) => state === 'charging' || state === 'stopping');
  return deviceStatus({
    online: device.online,
    maintenance: device.maintenance,
    faulted: openFaults > 0 || all.some(({ state }) => state === 'fault'),
    charging: runs || all.some(({ state }) => PORT_STATES_CHARGING.includes(state)),
  });
}

/** How a device is at the moment. `heardAtMs`: when it was heard last, which the row may not know yet; null: it does. */
export interface DeviceCondition {
  readonly device: DeviceRecord;
  readonly openFaults: number;
  readonly status: DeviceStatus;
  readonly heardAtMs: number | null;
}

export function toDeviceView(
  { device, openFaults, status, heardAtMs }: DeviceCondition,
  profile: DeviceProfile,
  nowMs: number,
  rules: Pick<Rules, 'connectionGraceMs'>,
): DeviceView {
  const lastSeen = Math.max(device.lastFrameAtMs ?? 0, heardAtMs ?? 0);
  const signs = { ...device, lastFrameAtMs: lastSeen === 0 ? null : lastSeen };
  return {
    deviceId: device.deviceId,
    tenantId: device.tenantId,
    protocol: device.protocol,
    deviceNo: device.deviceNo,
    name: profile.name,
    type: profile.type,
    region: profile.region,
    station: profile.station,
    tags: [...profile.tags],
    model: device.model,
    firmwareVersion: device.firmwareVersion,
    iccid: device.iccid,
    imei: device.imei,
    portCount: device.portCount,
    status,
    maintenance: device.maintenance,
    online: device.online,
    onlineScore: weighPresence(signs, nowMs, rules.connectionGraceMs).score,
    lastSeenAt: instantOrNull(signs.lastFrameAtMs),
    offlineTimeoutS: device.offlineTimeoutS ?? 2 * device.heartbeatIntervalS + 15,
    heartbeatIntervalS: device.heartbeatIntervalS,
    openFaults,
    attributes: { ...device.attributes, ...profile.attributes },
    createdAt: toInstant(device.createdAtMs),
  };
}

export const toSelected = (device: DeviceRecord, profile: DeviceProfile): SelectedDevice => ({
  deviceId: device.deviceId,
  type: profile.type,
  protocol: device.protocol,
  model: device.model,
  firmwareVersion: device.firmwareVersion,
  online: device.online,
  maintenance: device.maintenance,
  region: profile.region,
  station: profile.station,
});

/** One entry per port, also for those that a device has and never reported. */
export function completePorts(device: DeviceRecord, ports: readonly PortRecord[]): readonly PortRecord[] {
  const { tenantId, deviceId } = device;
  const count = Math.max(device.portCount, ...ports.map(({ portNo }) => portNo), 0);
  return Array.from({ length: count }, (_, index): PortRecord => {
    const portNo = index + 1;
    return (
      ports.find((port) => port.portNo === portNo) ?? {
        tenantId,
        deviceId,
        portNo,
        state: 'unknown',
        fault: null,
        changedAtMs: null,
      }
    );
  });
}

export function toPortView(device: DeviceRecord, port: PortRecord, session: SessionView | null): PortView {
  const open = session !== null && !isFinal(session.state);
  return {
    portNo: port.portNo,
    state: port.state,
    fault: port.fault,
    maintenance: inMaintenance(device, port.portNo),
    changedAt: instantOrNull(port.changedAtMs),
    sessionId: open ? session.sessionId : null,
    powerW: open ? (session.lastSample?.powerW ?? null) : null,
  };
}
