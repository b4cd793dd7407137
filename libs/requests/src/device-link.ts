import { CommandId, CommandOutcome, DeviceCommand, DeviceId, Instant } from '@chargebus/domain';
import { z } from 'zod';

/**
 * An order on its way to whichever gateway holds the device: request on `cb.down.<device>`.
 * Answered twice: `sent` when the first frame was written, `done` with the outcome.
 * No responders means that no gateway holds the device.
 */
export const DownRequest = z.object({
  commandId: CommandId,
  deviceId: DeviceId,
  command: DeviceCommand,
  /** The gateway withdraws the order when it could not be sent by then. */
  sendBefore: Instant,
  /** An earlier attempt may have reached the device, so that "it is so already" means that it did. */
  reissued: z.boolean(),
});
export type DownRequest = z.infer<typeof DownRequest>;

export const DownReply = z.discriminatedUnion('stage', [
  z.object({ stage: z.literal('sent'), at: Instant }),
  z.object({ stage: z.literal('done'), at: Instant, outcome: CommandOutcome, sends: z.number().int().nonnegative() }),
]);
export type DownReply = z.infer<typeof DownReply>;
