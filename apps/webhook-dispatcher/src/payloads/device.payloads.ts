import {
  DeviceFault,
  DeviceHeartbeat,
  DeviceNetworkChanged,
  DeviceOffline,
  DeviceOnline,
  DeviceRecovered,
  DeviceRegistration,
} from '@chargebus/events';
import { shapeOf } from './payload';

/** These say the same in both payload versions. */
export const devicePayloads = [
  shapeOf(DeviceRegistration, (data) => ({
    protocol: data.protocol,
    model: data.model,
    firmware_version: data.firmwareVersion,
    port_count: data.portCount,
    iccid: data.iccid,
  })),
  shapeOf(DeviceOnline, (data) => ({
    since: data.since,
    protocol: data.protocol,
    offline_duration: data.offlineDurationS,
  })),
  shapeOf(DeviceOffline, (data) => ({
    last_seen: data.lastSeen,
    offline_duration: data.offlineDurationS,
    reason: data.reason,
    affected_sessions: data.affectedSessions,
    recovery_actions: data.recoveryActions,
  })),
  shapeOf(DeviceHeartbeat, (data) => ({
    voltage: data.voltageV,
    temperature: data.temperatureC,
    signal: data.signal,
    ports: data.ports.map(({ portNo, state, fault }) => ({ port_no: portNo, status: state, fault })),
  })),
  shapeOf(DeviceFault, (data) => ({
    fault_id: data.faultId,
    fault_type: data.faultType,
    severity: data.severity,
    port_no: data.portNo,
    fault_details: data.details,
    affected_session: data.affectedSession,
    auto_recovery: data.autoRecovery,
    suggested_actions: data.suggestedActions,
  })),
  shapeOf(DeviceRecovered, (data) => ({
    fault_id: data.faultId,
    fault_type: data.faultType,
    port_no: data.portNo,
    duration: data.durationS,
  })),
  shapeOf(DeviceNetworkChanged, (data) => ({
    reason: data.reason,
    channel: data.channel,
    sockets: data.sockets.map(({ socketNo, mac, uid, state }) => ({ socket_no: socketNo, mac, uid, state })),
  })),
];
