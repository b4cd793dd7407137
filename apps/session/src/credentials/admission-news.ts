import type { DeviceId } from '@chargebus/domain';
import { subjectToken } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import { AdmissionChanged } from '@chargebus/requests';

/** A gateway that keeps an answer about the device forgets it; where it may not come in any more, it is shut out. */
export function announceAdmission({ nc }: Pick<Bus, 'nc'>, deviceId: DeviceId, enabled = true): void {
  nc.publish(`${AdmissionChanged.prefix}.${subjectToken(deviceId)}`, JSON.stringify({ deviceId, enabled }));
}
