import type { DeviceId, DeviceProfile, DeviceRecord, TenantId } from '@chargebus/domain';

/** Until the protocol's profile is known by the first connection. */
const DEFAULT_HEARTBEAT_S = 180;

/** A device of which nothing is known but whose it is. */
export const blankDevice = (deviceId: DeviceId, tenantId: TenantId, nowMs: number): DeviceRecord => ({
  deviceId,
  tenantId,
  version: 0,
  eventSeq: 0,
  protocol: null,
  deviceNo: null,
  model: null,
  firmwareVersion: null,
  iccid: null,
  imei: null,
  portCount: 0,
  maintenance: false,
  portsInMaintenance: [],
  attributes: {},
  incapable: {},
  network: null,
  limits: null,
  heartbeatIntervalS: DEFAULT_HEARTBEAT_S,
  heartbeatFixed: false,
  offlineTimeoutS: null,
  connectionId: null,
  connectedAtMs: null,
  disconnectedAtMs: null,
  lastHeartbeatAtMs: null,
  lastFrameAtMs: null,
  online: false,
  onlineChangedAtMs: null,
  voltageV: null,
  temperatureC: null,
  signal: null,
  nextCheckAtMs: null,
  createdAtMs: nowMs,
});

/** The same of what its owner keeps about it. */
export const blankProfile = (deviceId: DeviceId, tenantId: TenantId): DeviceProfile => ({
  deviceId,
  tenantId,
  name: null,
  type: 'AC',
  region: null,
  station: null,
  tags: [],
  attributes: {},
});
