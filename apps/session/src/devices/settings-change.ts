import type { DeviceRecord } from '@chargebus/domain';
import type { DeviceChange } from '@chargebus/requests';

/** Of a change what decisions about facts need; null: that is all as it was, and costs no version. */
export function changedSettings(device: DeviceRecord, change: DeviceChange): Partial<DeviceRecord> | null {
  const { model, portCount, heartbeatIntervalS, offlineTimeoutS, maintenance } = change;
  const wanted: Partial<DeviceRecord> = {
    ...(model !== undefined && { model }),
    ...(portCount !== undefined && { portCount }),
    ...(offlineTimeoutS !== undefined && { offlineTimeoutS }),
    ...(heartbeatIntervalS === null && { heartbeatFixed: false }),
    ...(heartbeatIntervalS != null && { heartbeatIntervalS, heartbeatFixed: true }),
    ...(maintenance !== undefined && { maintenance }),
  };
  const isNews = Object.entries(wanted).some(([key, value]) => device[key as keyof DeviceRecord] !== value);
  return isNews ? wanted : null;
}
