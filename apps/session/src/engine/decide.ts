import type { DeviceId } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import type { DeviceWork } from '../devices/device-work';
import type { Engine } from './engine';

/** Runs a decision on the device as it is, and returns what was decided once that is committed. Throws DEVICE_NOT_FOUND. */
export async function decideOn<R>(
  engine: Pick<Engine, 'run'>,
  deviceId: DeviceId,
  causeId: string,
  decision: (work: DeviceWork) => R,
): Promise<R> {
  let outcome: { readonly value: R } | null = null;
  await engine.run([
    {
      deviceId,
      causeId,
      decide: (work) => {
        outcome = { value: decision(work) };
      },
    },
  ]);
  const decided = outcome as { readonly value: R } | null;
  if (decided === null) throw new DeviceNotFound({ deviceId });
  return decided.value;
}
