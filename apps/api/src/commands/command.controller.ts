import { cancelCommand, deviceFilterOf, getCommand, listCommands, replayCommand } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { DeviceId, toInstant } from '@chargebus/domain';
import { CommandNotFound } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { CancelCommand, GetCommand, ListCommands, ReplayCommand } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { waitFor } from '../charge/waiting';
import { Reach } from '../devices/reach';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { commandView } from './command.view';

/** Orders to devices as resources: asked of `command` (C03, C05, C06). */
@Controller()
export class CommandController {
  constructor(
    private readonly bus: Bus,
    private readonly reach: Reach,
  ) {}

  @Endpoint(listCommands)
  async list(@Call() call: CallOf<typeof listCommands>): Promise<ResultOf<typeof listCommands>> {
    const { phy_id, status } = call.query;
    const meant = await this.reach.meant(call.caller, deviceFilterOf(call.query), call.context);
    const page = await this.bus.ask(
      ListCommands,
      {
        tenantId: call.caller.tenantId,
        deviceId: phy_id === undefined ? null : DeviceId.parse(phy_id),
        deviceIds: meant === null ? null : [...meant],
        status: status ?? null,
        page: call.page,
      },
      { context: call.context },
    );
    return mapPage(page, commandView);
  }

  @Endpoint(getCommand)
  async get(@Call() call: CallOf<typeof getCommand>): Promise<ResultOf<typeof getCommand>> {
    const wait = waitFor(call.query.wait);
    await this.refuseBeyond(call);
    const command = await this.bus.ask(
      GetCommand,
      { tenantId: call.caller.tenantId, commandId: call.params.id, wait },
      { extraTimeoutMs: wait?.timeoutMs ?? 0, context: call.context },
    );
    return commandView(command);
  }

  @Endpoint(cancelCommand)
  async cancel(@Call() call: CallOf<typeof cancelCommand>): Promise<ResultOf<typeof cancelCommand>> {
    await this.refuseBeyond(call);
    const ref = { tenantId: call.caller.tenantId, commandId: call.params.id };
    return commandView(await this.bus.ask(CancelCommand, ref, { context: call.context }));
  }

  @Endpoint(replayCommand)
  async replay(@Call() call: CallOf<typeof replayCommand>): Promise<ResultOf<typeof replayCommand>> {
    await this.refuseBeyond(call);
    const expiresAt = toInstant(Date.now() + call.body.expires_in * 1000);
    const request = { tenantId: call.caller.tenantId, commandId: call.params.id, expiresAt };
    return commandView(await this.bus.ask(ReplayCommand, request, { context: call.context }));
  }

  /** A command for a device outside of the caller's data scope is as unknown as another tenant's. */
  private async refuseBeyond({
    caller,
    context,
    params,
  }: Pick<CallOf<typeof cancelCommand>, 'caller' | 'context' | 'params'>): Promise<void> {
    if (caller.within === null) return;
    const request = { tenantId: caller.tenantId, commandId: params.id, wait: null };
    const { deviceId } = await this.bus.ask(GetCommand, request, { context });
    await this.reach.refuseBeyond(caller, deviceId, () => new CommandNotFound({ commandId: params.id }), context);
  }
}
