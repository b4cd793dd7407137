import { SystemAlarm } from '@chargebus/events';
import type { RaiseDeviceAlarm, RequestOf } from '@chargebus/requests';
import type { Engine } from '../engine/engine';

/** What the gateway wants a person to look at becomes an event of the device's tenant; the same cause is one event. */
export async function raiseAlarm(
  engine: Pick<Engine, 'run'>,
  { alarmType, causeId, details, deviceId, message }: RequestOf<typeof RaiseDeviceAlarm>,
  nowMs: number,
): Promise<Record<string, never>> {
  await engine.run([
    {
      deviceId,
      causeId,
      decide: (work) => {
        work.emit(SystemAlarm, causeId, nowMs, { alarmType, severity: 'warning', message, details });
      },
    },
  ]);
  return {};
}
