import { DeviceId } from '@chargebus/domain';
import { z } from 'zod';
import { defineRequest } from './define-request';

/**
 * A number for a charge of a device that wants us to name it (OCPP 1.6), where the driver cannot make one of the start
 * alone. The same start gets the same number, whenever it is asked; no other start of any device gets it.
 * Errors: DEVICE_NOT_FOUND.
 */
export const NumberTransaction = defineRequest({
  subject: 'cb.ask.session.number_transaction',
  timeoutMs: 3_000,
  request: z.object({ deviceId: DeviceId, startKey: z.string().min(1).max(200) }),
  reply: z.object({ transactionNo: z.number().int().min(1).max(0x7fff_ffff) }),
});
