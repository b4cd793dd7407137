import { ApiErrorEvent, SystemAlarm, SystemMaintenance } from '@chargebus/events';
import { shapeOf } from './payload';

export const systemPayloads = [
  shapeOf(SystemAlarm, (data) => ({
    alarm_type: data.alarmType,
    severity: data.severity,
    message: data.message,
    details: data.details,
  })),
  shapeOf(SystemMaintenance, (data) => ({
    maintenance_id: data.maintenanceId,
    status: data.state,
    message: data.message,
    start_time: data.startsAt,
    end_time: data.endsAt,
    affects: data.affects,
  })),
  shapeOf(ApiErrorEvent, (data) => ({
    request_id: data.requestId,
    method: data.method,
    endpoint: data.endpoint,
    status_code: data.statusCode,
    code: data.code,
    error: data.error,
    message: data.message,
    device_phy_id: data.deviceRef,
    third_party_order_no: data.orderNo,
    order_no: data.orderNo,
    occurrences: data.occurrences,
    window_seconds: data.windowS,
  })),
];
