import type { DeviceRecord } from '@chargebus/domain';
import type { DeviceWork } from './device-work';

/** Whether nothing may be started there. `portNo` null: the device chooses, so only the whole device counts. */
export const inMaintenance = (
  { maintenance, portsInMaintenance }: Pick<DeviceRecord, 'maintenance' | 'portsInMaintenance'>,
  portNo: number | null,
): boolean => maintenance || (portNo !== null && portsInMaintenance.includes(portNo));

/** False: it is so already. */
export function setMaintenance(work: DeviceWork, portNo: number | null, maintenance: boolean): boolean {
  const { device } = work;
  if (portNo === null) {
    if (device.maintenance === maintenance) return false;
    work.setDevice({ maintenance });
    return true;
  }
  if (device.portsInMaintenance.includes(portNo) === maintenance) return false;
  const others = device.portsInMaintenance.filter((other) => other !== portNo);
  work.setDevice({ portsInMaintenance: maintenance ? [...others, portNo].sort((a, b) => a - b) : others });
  return true;
}
