import type { Bus } from '@chargebus/messaging';
import {
  CancelCommand,
  GetCommand,
  GetCommandStates,
  ListCommands,
  ReplayCommand,
  SubmitCommand,
} from '@chargebus/requests';
import type { CommandService } from './command.service';
import type { SubmissionService } from './submission.service';

/** Every question that this app answers. */
export class CommandAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly submissions: SubmissionService,
    private readonly commands: CommandService,
  ) {}

  /** The server knows of every subscription when this resolves. */
  async start(): Promise<void> {
    this.bus.answer(SubmitCommand, (request) => this.submissions.submit(request));
    this.bus.answer(GetCommand, (request) => this.commands.get(request));
    this.bus.answer(GetCommandStates, (request) => this.commands.states(request));
    this.bus.answer(CancelCommand, (request) => this.commands.cancel(request));
    this.bus.answer(ListCommands, (request) => this.commands.list(request));
    this.bus.answer(ReplayCommand, (request) => this.commands.replay(request));
    await this.bus.nc.flush();
  }
}
