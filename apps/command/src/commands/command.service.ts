import type { CommandId, TenantId } from '@chargebus/domain';
import {
  CommandNotCancellable,
  CommandNotFound,
  CommandNotReplayable,
  foreignCursor,
  invalidField,
} from '@chargebus/errors';
import { forTenant, forTenants } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { CommandRecord, CommandRepository, LogPosition } from '@chargebus/persistence/command';
import type {
  CancelCommand,
  CommandView,
  GetCommand,
  GetCommandStates,
  ListCommands,
  ReplayCommand,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';
import { z } from 'zod';
import type { CommandQueue } from '../queue/command-queue';
import { reached, toAttemptView, toState, toView } from './command-view';
import type { Endings } from './endings';
import type { StateWatch } from './state-watch';

/** Looks at commands and changes them by hand: the log, cancelling, dead letters. */
export class CommandService {
  constructor(
    private readonly database: Database,
    private readonly commands: CommandRepository,
    private readonly endings: Endings,
    private readonly queue: CommandQueue,
    private readonly watch: StateWatch,
  ) {}

  /** Errors: COMMAND_NOT_FOUND. */
  async get({ tenantId, commandId, wait }: RequestOf<typeof GetCommand>): Promise<ReplyOf<typeof GetCommand>> {
    if (wait === null) return this.withLog(tenantId, commandId);
    const watcher = this.watch.watch(commandId);
    try {
      const now = await this.withLog(tenantId, commandId);
      if (reached(now.status, wait.until)) return now;
      await watcher.until(wait.until, wait.timeoutMs);
      return await this.withLog(tenantId, commandId);
    } finally {
      watcher.close();
    }
  }

  /** An id that is asked for under another tenant's name is not found, whosever else is asked for. */
  async states({ commands }: RequestOf<typeof GetCommandStates>): Promise<ReplyOf<typeof GetCommandStates>> {
    const tenants = new Set(commands.map(({ tenantId }) => tenantId));
    const asked = new Set(commands.map(({ tenantId, commandId }) => `${tenantId}/${commandId}`));
    const found = await this.database.transaction(forTenants([...tenants]), (tx) =>
      this.commands.findMany(
        tx,
        commands.map(({ commandId }) => commandId),
      ),
    );
    return { items: found.filter(({ tenantId, commandId }) => asked.has(`${tenantId}/${commandId}`)).map(toState) };
  }

  /** Errors: VALIDATION_FAILED for a sort order or a cursor that is not ours. */
  async list({ page, ...filter }: RequestOf<typeof ListCommands>): Promise<ReplyOf<typeof ListCommands>> {
    if (page.sort !== null && page.sort !== 'created_at') throw invalidField('sort', 'only created_at is possible');
    const after = page.cursor === null ? null : readCursor(page.cursor);
    return this.database.transaction(forTenant(filter.tenantId), async (tx) => {
      const found = await this.commands.list(tx, filter, { ...page, after });
      return {
        items: await this.addLogs(tx, found.items),
        total: found.total,
        nextCursor: found.next === null ? null : writeCursor(found.next),
      };
    });
  }

  /** Cancelling twice is cancelling once. Errors: COMMAND_NOT_FOUND, COMMAND_NOT_CANCELLABLE. */
  async cancel({ tenantId, commandId }: RequestOf<typeof CancelCommand>): Promise<CommandView> {
    const cancelled = await this.database.transaction(forTenant(tenantId), async (tx) => {
      const command = await this.commands.cancel(tx, commandId);
      if (command !== null) await this.endings.record(tx, [command]);
      return command;
    });
    if (cancelled !== null) {
      this.endings.publish([cancelled]);
      await this.queue.remove([cancelled]);
      return toView(cancelled);
    }
    const now = await this.find(tenantId, commandId);
    if (now.status === 'cancelled') return toView(now);
    throw new CommandNotCancellable({ commandId, status: now.status === 'queued' ? 'on its way' : now.status });
  }

  /**
   * Puts a dead letter back to work. Not a start that belongs to a session: the session was told that it failed, so a
   * start that succeeds now would be a charge that nobody watches and nobody pays.
   * Errors: COMMAND_NOT_FOUND, COMMAND_NOT_REPLAYABLE.
   */
  async replay({ tenantId, commandId, expiresAt }: RequestOf<typeof ReplayCommand>): Promise<CommandView> {
    const dead = await this.find(tenantId, commandId);
    if (dead.kind === 'charge.start' && dead.sessionId !== null)
      throw new CommandNotReplayable({ commandId, reason: 'its session is over, start a new one' });
    const revived = await this.database.transaction(forTenant(tenantId), (tx) =>
      this.commands.revive(tx, commandId, expiresAt),
    );
    if (revived === null) throw new CommandNotReplayable({ commandId, reason: `it is ${dead.status}, not dead` });
    this.watch.announce([revived]);
    await this.queue.addOrWake([revived]);
    return toView(revived);
  }

  private async find(tenantId: TenantId, commandId: CommandId): Promise<CommandRecord> {
    const [command] = await this.database.transaction(forTenant(tenantId), (tx) =>
      this.commands.findMany(tx, [commandId]),
    );
    if (command === undefined) throw new CommandNotFound({ commandId });
    return command;
  }

  private async withLog(tenantId: TenantId, commandId: CommandId): Promise<ReplyOf<typeof GetCommand>> {
    const [command] = await this.database.transaction(forTenant(tenantId), async (tx) =>
      this.addLogs(tx, await this.commands.findMany(tx, [commandId])),
    );
    if (command === undefined) throw new CommandNotFound({ commandId });
    return command;
  }

  private async addLogs(tx: Transaction, commands: readonly CommandRecord[]): Promise<ReplyOf<typeof GetCommand>[]> {
    if (commands.length === 0) return [];
    const attempts = await this.commands.attemptsOf(
      tx,
      commands.map(({ commandId }) => commandId),
    );
    const logs = new Map<CommandId, ReplyOf<typeof GetCommand>['log']>(
      commands.map(({ commandId }) => [commandId, []]),
    );
    for (const attempt of attempts) logs.get(attempt.commandId)?.push(toAttemptView(attempt));
    return commands.map((command) => ({ ...toView(command), log: logs.get(command.commandId) ?? [] }));
  }
}

const Cursor = z.tuple([z.string().regex(/^[\d :.+-]{10,40}$/), z.uuid()]);
const writeCursor = ({ createdAt, commandId }: LogPosition): string =>
  Buffer.from(JSON.stringify([createdAt, commandId])).toString('base64url');
function readCursor(text: string): LogPosition {
  try {
    const [createdAt, commandId] = Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
    return { createdAt, commandId: commandId as CommandId };
  } catch {
    throw foreignCursor();
  }
}
