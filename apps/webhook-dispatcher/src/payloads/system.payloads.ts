import { SystemAlarm } from '@chargebus/events';
import { shapeOf } from './payload';

export const systemPayloads = [
  shapeOf(SystemAlarm, (data) => ({
    alarm_type: data.alarmType,
    severity: data.severity,
    message: data.message,
    details: data.details,
  })),
];
