import { PortNo, PortState } from '@chargebus/domain';
import { z } from 'zod';
import { DeviceControlScheduled } from '../business/device-control-scheduled.event';
import { DeviceFault } from '../business/device-fault.event';
import { DeviceHeartbeat } from '../business/device-heartbeat.event';
import { DeviceNetworkChanged } from '../business/device-network-changed.event';
import { DeviceOffline } from '../business/device-offline.event';
import { DeviceOnline } from '../business/device-online.event';
import { DeviceParamResult } from '../business/device-param-result.event';
import { DeviceRecovered } from '../business/device-recovered.event';
import { DeviceRegistration } from '../business/device-registered.event';
import { DeviceUpgradeProgress } from '../business/device-upgrade-progress.event';
import { derived, shapeOf } from './payload';

const HeartbeatPorts = z.array(z.object({ port_no: PortNo, status: PortState, fault: z.string().nullable() }));
const Sockets = z.array(
  z.object({
    socket_no: z.int().positive(),
    mac: z.string().nullable(),
    uid: z.string().nullable(),
    state: z.enum(['pending', 'online', 'offline', 'unlisted']),
  }),
);

/** These say the same in both payload versions. */
export const devicePayloads = [
  shapeOf(DeviceRegistration, {
    protocol: 'protocol',
    model: 'model',
    firmware_version: 'firmwareVersion',
    port_count: 'portCount',
    iccid: 'iccid',
  }),
  shapeOf(DeviceOnline, { since: 'since', protocol: 'protocol', offline_duration: 'offlineDurationS' }),
  shapeOf(DeviceOffline, {
    last_seen: 'lastSeen',
    offline_duration: 'offlineDurationS',
    reason: 'reason',
    affected_sessions: 'affectedSessions',
    recovery_actions: 'recoveryActions',
  }),
  shapeOf(DeviceHeartbeat, {
    voltage: 'voltageV',
    temperature: 'temperatureC',
    signal: 'signal',
    ports: derived(HeartbeatPorts, ({ ports }) =>
      ports.map(({ portNo, state, fault }) => ({ port_no: portNo, status: state, fault })),
    ),
  }),
  shapeOf(DeviceFault, {
    fault_id: 'faultId',
    fault_type: 'faultType',
    severity: 'severity',
    port_no: 'portNo',
    fault_details: 'details',
    affected_session: 'affectedSession',
    auto_recovery: 'autoRecovery',
    suggested_actions: 'suggestedActions',
  }),
  shapeOf(DeviceRecovered, {
    fault_id: 'faultId',
    fault_type: 'faultType',
    port_no: 'portNo',
    duration: 'durationS',
  }),
  shapeOf(DeviceNetworkChanged, {
    reason: 'reason',
    channel: 'channel',
    sockets: derived(Sockets, ({ sockets }) =>
      sockets.map(({ socketNo, mac, uid, state }) => ({ socket_no: socketNo, mac, uid, state })),
    ),
  }),
  shapeOf(DeviceUpgradeProgress, {
    upgrade_id: 'upgradeId',
    job_id: 'jobId',
    status: 'phase',
    version: 'version',
    previous_version: 'previousVersion',
    progress: 'progressPct',
    packets_sent: 'packetsSent',
    packets_total: 'packetsTotal',
    reason: 'reason',
    message: 'message',
  }),
  shapeOf(DeviceParamResult, {
    change_id: 'changeId',
    job_id: 'jobId',
    version: 'version',
    source: 'source',
    outcome: 'outcome',
    reason: 'reason',
    parameters: 'parameters',
    finish_time: 'finishedAt',
  }),
  shapeOf(DeviceControlScheduled, {
    control_id: 'controlId',
    action: 'action',
    reason: 'reason',
    delay_seconds: 'delayS',
    scheduled_time: 'scheduledAt',
    affected_sessions: 'affectedSessions',
  }),
];
