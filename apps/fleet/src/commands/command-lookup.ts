import type { CommandId, TenantId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import { Batcher } from '@chargebus/persistence';
import { COMMAND_STATES_MAX, GetCommandStates } from '@chargebus/requests';
import type { CommandState } from '@chargebus/requests';

interface Ref {
  readonly tenantId: TenantId;
  readonly commandId: CommandId;
}

/** How orders stand. Whatever is asked at the same time is one question to `command`, as when a list or a turn looks at many. */
export class CommandLookup {
  private readonly questions: Batcher<Ref, CommandState | null>;

  constructor(private readonly bus: Pick<Bus, 'ask'>) {
    this.questions = new Batcher((refs) => this.ask(refs), { maxItems: COMMAND_STATES_MAX, splitsFailures: false });
  }

  /** Null: it was never given, or is forgotten. */
  find({ tenantId, commandId }: Ref): Promise<CommandState | null> {
    return this.questions.push({ tenantId, commandId });
  }

  private async ask(commands: readonly Ref[]): Promise<(CommandState | null)[]> {
    const { items } = await this.bus.ask(GetCommandStates, { commands: [...commands] });
    const found = new Map(items.map((state) => [nameOf(state), state]));
    return commands.map((ref) => found.get(nameOf(ref)) ?? null);
  }
}

const nameOf = ({ tenantId, commandId }: Ref): string => `${tenantId}/${commandId}`;
