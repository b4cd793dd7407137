import { ApiErrorEvent } from '../business/api-error.event';
import { SystemAlarm } from '../business/system-alarm.event';
import { SystemMaintenance } from '../business/system-maintenance.event';
import { shapeOf } from './payload';

export const systemPayloads = [
  shapeOf(SystemAlarm, { alarm_type: 'alarmType', severity: 'severity', message: 'message', details: 'details' }),
  shapeOf(SystemMaintenance, {
    maintenance_id: 'maintenanceId',
    status: 'state',
    message: 'message',
    start_time: 'startsAt',
    end_time: 'endsAt',
    affects: 'affects',
  }),
  shapeOf(ApiErrorEvent, {
    request_id: 'requestId',
    method: 'method',
    endpoint: 'endpoint',
    status_code: 'statusCode',
    code: 'code',
    error: 'error',
    message: 'message',
    device_phy_id: 'deviceRef',
    third_party_order_no: 'orderNo',
    order_no: 'orderNo',
    occurrences: 'occurrences',
    window_seconds: 'windowS',
  }),
];
