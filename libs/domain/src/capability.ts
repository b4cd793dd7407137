import { z } from 'zod';
import { DeviceCommand } from './device-command';
import type { DeviceCommandKind } from './device-command';

/** Every kind of order, in the order of the catalogue. */
export const DEVICE_COMMAND_KINDS = DeviceCommand.options.map(
  ({ shape }) => shape.kind.value,
) as readonly DeviceCommandKind[];

/** How far something goes: the protocol has it, we make up for it, or it cannot be done. */
export const Capability = z.discriminatedUnion('support', [
  z.object({ support: z.literal('native'), why: z.string().nullable() }), // what limits it; null: nothing
  z.object({ support: z.literal('emulated'), why: z.string() }), // by what
  z.object({ support: z.literal('none'), why: z.string() }), // why not
]);
export type Capability = z.infer<typeof Capability>;

/** What can be done with a device of some protocol and model. */
export const Capabilities = z.record(z.enum(DEVICE_COMMAND_KINDS), Capability);
export type Capabilities = Readonly<Record<DeviceCommandKind, Capability>>;
