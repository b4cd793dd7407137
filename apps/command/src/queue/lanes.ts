import { COMMAND_PRIORITY } from '@chargebus/domain';
import type { CommandId, DeviceCommandKind, DeviceId, TenantId } from '@chargebus/domain';
import type { DueCommand } from '@chargebus/persistence/command';

/**
 * Stops have workers of their own, so that they find one free even when every other worker waits for a silent
 * device. Within `orders` the priority decides.
 */
export const LANES = ['stops', 'orders'] as const;
export type Lane = (typeof LANES)[number];
export const QUEUE_PREFIX = 'cb-command';

export interface JobData {
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly kind: DeviceCommandKind;
}

export const laneOf = (kind: DeviceCommandKind): Lane => (kind === 'charge.stop' ? 'stops' : 'orders');

export const toJob = ({ commandId, tenantId, deviceId, kind }: DueCommand, delay = 0) => ({
  name: kind,
  data: { tenantId, deviceId, kind },
  opts: { jobId: commandId, delay, priority: COMMAND_PRIORITY[kind], removeOnComplete: true, removeOnFail: true },
});
export const fromJob = (job: { readonly id?: string; readonly data: JobData }): DueCommand => ({
  ...job.data,
  commandId: job.id as CommandId, // every job is added under its command's id
});
