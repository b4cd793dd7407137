import type { Device, InputOf, Port, RealtimeData, updateDevice } from '@chargebus/api-contract';
import type { DeviceChange, DeviceView, PortView, SessionSample } from '@chargebus/requests';
import type { z } from 'zod';
import { kwh, realtimeView } from '../charge/charge.view';

export const deviceView = (device: DeviceView): z.infer<typeof Device> => ({
  phy_id: device.deviceId,
  device_no: device.deviceNo,
  name: device.name,
  protocol: device.protocol,
  type: device.type,
  region: device.region,
  station: device.station,
  tags: device.tags,
  model: device.model,
  firmware_version: device.firmwareVersion,
  iccid: device.iccid,
  imei: device.imei,
  port_count: device.portCount,
  status: device.status,
  maintenance: device.maintenance,
  online: device.online,
  online_score: device.onlineScore,
  last_seen: device.lastSeenAt,
  heartbeat_interval: device.heartbeatIntervalS,
  offline_timeout: device.offlineTimeoutS,
  open_faults: device.openFaults,
  attributes: device.attributes,
  created_at: device.createdAt,
});

export const portView = (port: PortView): z.infer<typeof Port> => ({
  port_no: port.portNo,
  status: port.state,
  fault: port.fault,
  maintenance: port.maintenance,
  changed_at: port.changedAt,
  session_id: port.sessionId,
  power: port.powerW,
});

export interface RealtimePort extends z.infer<typeof Port> {
  readonly duration: number | null; // s
  readonly energy_consumed: number | null; // kWh
  readonly realtime_data: z.infer<typeof RealtimeData> | null;
}
export const realtimePortView = (
  port: PortView & { readonly sample: z.infer<typeof SessionSample> | null },
): RealtimePort => ({
  ...portView(port),
  duration: port.sample?.durationS ?? null,
  energy_consumed: port.sample === null ? null : kwh(port.sample.energyWh),
  realtime_data: realtimeView(port.sample),
});

/** Absent stays absent: as it is. */
export function changeOf(body: InputOf<typeof updateDevice>['body']): DeviceChange {
  const {
    port_count: portCount,
    heartbeat_interval: heartbeatIntervalS,
    offline_timeout: offlineTimeoutS,
    ...same
  } = body;
  return { ...same, portCount, heartbeatIntervalS, offlineTimeoutS };
}
