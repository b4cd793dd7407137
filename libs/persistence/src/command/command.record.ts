import type {
  ClientId,
  CommandId,
  DeviceCommand,
  DeviceCommandKind,
  DeviceId,
  Instant,
  SessionId,
  TenantId,
} from '@chargebus/domain';
import type { CommandStatus } from '@chargebus/requests';

/** One order to a device, as `command.commands` keeps it. */
export interface CommandRecord {
  readonly commandId: CommandId;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly clientId: ClientId | null;
  readonly sessionId: SessionId | null;
  readonly kind: DeviceCommandKind;
  readonly command: DeviceCommand;
  readonly status: CommandStatus;
  readonly reason: string | null;
  readonly result: Readonly<Record<string, unknown>> | null;
  readonly attempts: number;
  readonly failures: number;
  readonly waits: number;
  readonly wakes: number;
  readonly exposed: boolean;
  readonly calledOff: string | null;
  readonly leasedUntil: Instant | null;
  readonly dueAt: Instant;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly expiresAt: Instant;
}

/** An attempt that this process may make: nobody else makes one until the lease runs out. */
export interface ClaimedCommand extends CommandRecord {
  /** Whether an earlier attempt may have reached the device. */
  readonly exposedBefore: boolean;
}

export interface AttemptRecord {
  readonly commandId: CommandId;
  readonly attemptNo: number;
  readonly startedAt: Instant;
  readonly sentAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly outcome: string | null;
  readonly reason: string | null;
}

/** What the worker's queue needs to know of a command. */
export interface DueCommand {
  readonly commandId: CommandId;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly kind: DeviceCommandKind;
}

export interface CommandRow {
  readonly id: CommandId;
  readonly tenant_id: TenantId;
  readonly device_id: DeviceId;
  readonly client_id: ClientId | null;
  readonly session_id: SessionId | null;
  readonly kind: DeviceCommandKind;
  readonly command: DeviceCommand;
  readonly status: CommandStatus;
  readonly reason: string | null;
  readonly result: Record<string, unknown> | null;
  readonly attempts: number;
  readonly failures: number;
  readonly waits: number;
  readonly wakes: number;
  readonly exposed: boolean;
  readonly called_off: string | null;
  readonly leased_until: Date | null;
  readonly due_at: Date;
  readonly created_at: Date;
  readonly sent_at: Date | null;
  readonly finished_at: Date | null;
  readonly expires_at: Date;
}
export interface AttemptRow {
  readonly command_id: CommandId;
  readonly attempt_no: number;
  readonly started_at: Date;
  readonly sent_at: Date | null;
  readonly finished_at: Date | null;
  readonly outcome: string | null;
  readonly reason: string | null;
}

const instant = (date: Date | null): Instant | null => date?.toISOString() ?? null;

export const toCommand = (row: CommandRow): CommandRecord => ({
  commandId: row.id,
  tenantId: row.tenant_id,
  deviceId: row.device_id,
  clientId: row.client_id,
  sessionId: row.session_id,
  kind: row.kind,
  command: row.command,
  status: row.status,
  reason: row.reason,
  result: row.result,
  attempts: row.attempts,
  failures: row.failures,
  waits: row.waits,
  wakes: row.wakes,
  exposed: row.exposed,
  calledOff: row.called_off,
  leasedUntil: instant(row.leased_until),
  dueAt: row.due_at.toISOString(),
  createdAt: row.created_at.toISOString(),
  sentAt: instant(row.sent_at),
  finishedAt: instant(row.finished_at),
  expiresAt: row.expires_at.toISOString(),
});
export const toAttempt = (row: AttemptRow): AttemptRecord => ({
  commandId: row.command_id,
  attemptNo: row.attempt_no,
  startedAt: row.started_at.toISOString(),
  sentAt: instant(row.sent_at),
  finishedAt: instant(row.finished_at),
  outcome: row.outcome,
  reason: row.reason,
});
