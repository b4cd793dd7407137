import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { orderDevice } from '@chargebus/api-contract';
import type { ApiScope, Approval as ApprovalBody, Command as CommandBody, ResultOf } from '@chargebus/api-contract';
import { CommandId, DANGEROUS_COMMANDS, MAINTENANCE_COMMANDS, toInstant } from '@chargebus/domain';
import type { DeviceCommand, DeviceId } from '@chargebus/domain';
import { CapabilityNotSupported, IdempotencyKeyReused, PermissionDenied, invalidField } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { FindDevice, SubmitCommand } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';
import { Controller } from '@nestjs/common';
import { ApprovalService } from '../approvals/approval.service';
import { approvalView } from '../approvals/approval.view';
import { waitFor } from '../charge/waiting';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { commandView } from './command.view';

type OrderCall = CallOf<typeof orderDevice>;

/** Any order of the catalogue to a device: refused where it is known that the device cannot do it, else given to `command`, a dangerous one after a second person has agreed. */
@Controller()
export class OrderController {
  constructor(
    private readonly bus: Bus,
    private readonly approvals: ApprovalService,
  ) {}

  @Endpoint(orderDevice)
  async order(@Call() call: OrderCall): Promise<ResultOf<typeof orderDevice>> {
    const { reason, ...command } = call.body;
    const dangerous = DANGEROUS_COMMANDS.has(command.kind);
    if (dangerous) refuseWithout(call, 'devices:dangerous');
    else if (MAINTENANCE_COMMANDS.has(command.kind)) refuseWithout(call, 'devices:maintain');
    if (dangerous && reason === undefined) throw reasonMissing();
    const deviceId = await this.capable(call);
    return dangerous ? this.ask(call, deviceId, command, reason ?? '') : this.give(call, deviceId, command);
  }

  /** A second person has to agree first. */
  private async ask(
    call: OrderCall,
    deviceId: DeviceId,
    command: DeviceCommand,
    reason: string,
  ): Promise<ApprovalBody> {
    const key = call.headers['idempotency-key'] ?? null;
    const approval = await this.approvals.request(call.caller, {
      deviceId,
      command,
      reason,
      expiresInS: call.query.expires_in,
      idempotencyKey: key,
    });
    if (!isDeepStrictEqual(approval.command, command)) throw new IdempotencyKeyReused({ key: key ?? '' });
    call.accept();
    return approvalView(approval);
  }

  private async give(call: OrderCall, deviceId: DeviceId, command: DeviceCommand): Promise<CommandBody> {
    const { caller, context } = call;
    const wait = waitFor(call.query.wait);
    const submitted = await this.bus.ask(
      SubmitCommand,
      {
        commandId: commandIdOf(call, deviceId),
        tenantId: caller.tenantId,
        deviceId,
        clientId: caller.clientId,
        sessionId: null,
        command,
        expiresAt: toInstant(Date.now() + call.query.expires_in * 1000),
        wait,
      },
      { extraTimeoutMs: wait?.timeoutMs ?? 0, context },
    );
    if (!isDeepStrictEqual(submitted.command, command))
      throw new IdempotencyKeyReused({ key: call.headers['idempotency-key'] ?? '' });
    return commandView(submitted);
  }

  /** Id of the device that can do it, as far as anybody knows. Throws DEVICE_NOT_FOUND, CAPABILITY_NOT_SUPPORTED. */
  private async capable({ body, caller, params, context }: OrderCall): Promise<DeviceId> {
    const asked = { ...audienceOf(caller), deviceId: params.phyId };
    const { deviceId, capabilities } = await this.bus.ask(FindDevice, asked, { context });
    const capability = capabilities?.[body.kind];
    if (capability?.support === 'none')
      throw new CapabilityNotSupported({ deviceId, capability: body.kind, why: capability.why });
    return deviceId;
  }
}

function refuseWithout({ caller }: OrderCall, scope: ApiScope): void {
  if (!caller.scopes.has(scope)) throw new PermissionDenied({ scope }, { details: { missing_scope: scope } });
}

const reasonMissing = (): Error => invalidField('reason', 'is needed for a dangerous order');

/** The same key of the same client for the same device is the same command. */
function commandIdOf({ caller, headers }: OrderCall, deviceId: DeviceId): CommandId {
  const key = headers['idempotency-key'];
  return CommandId.parse(
    key === undefined ? randomUUID() : uuidOf(['order', caller.tenantId, caller.clientId, deviceId, key].join('\n')),
  );
}
