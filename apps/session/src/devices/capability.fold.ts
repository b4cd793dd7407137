import type { ProtocolEventOf } from '@chargebus/events';
import type { DeviceWork } from './device-work';

/** Remembered until the device has another model or firmware. The same again changes nothing. */
export function foldIncapable(work: DeviceWork, { kind, why, of }: ProtocolEventOf<'device.incapable'>): void {
  const known = work.device.incapable[kind];
  if (known?.why === why && known.of === of) return;
  work.setDevice({ incapable: { ...work.device.incapable, [kind]: { why, of } } });
}
