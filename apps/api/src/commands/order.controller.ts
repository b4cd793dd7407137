import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { orderDevice } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { CommandId, MAINTENANCE_COMMANDS, toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import { CapabilityNotSupported, IdempotencyKeyReused, PermissionDenied } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { GetDevice, SubmitCommand } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';
import { Controller } from '@nestjs/common';
import { waitFor } from '../charge/waiting';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { commandView } from './command.view';

type OrderCall = CallOf<typeof orderDevice>;
const MAINTAIN = 'devices:maintain';

/** Any order of the catalogue to a device: refused where it is known that the device cannot do it, else given to `command`. */
@Controller()
export class OrderController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(orderDevice)
  async order(@Call() call: OrderCall): Promise<ResultOf<typeof orderDevice>> {
    const { body: command, caller, context } = call;
    if (MAINTENANCE_COMMANDS.has(command.kind) && !caller.scopes.has(MAINTAIN))
      throw new PermissionDenied({ scope: MAINTAIN }, { details: { missing_scope: MAINTAIN } });
    const deviceId = await this.capable(call);
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
    const { deviceId, capabilities } = await this.bus.ask(GetDevice, asked, { context });
    const capability = capabilities?.[body.kind];
    if (capability?.support === 'none')
      throw new CapabilityNotSupported({ deviceId, capability: body.kind, why: capability.why });
    return deviceId;
  }
}

/** The same key of the same client for the same device is the same command. */
function commandIdOf({ caller, headers }: OrderCall, deviceId: DeviceId): CommandId {
  const key = headers['idempotency-key'];
  return CommandId.parse(
    key === undefined ? randomUUID() : uuidOf(['order', caller.tenantId, caller.clientId, deviceId, key].join('\n')),
  );
}
