import { randomUUID } from 'node:crypto';
import { CommandId, NO_NETWORK, toInstant } from '@chargebus/domain';
import type { DeviceId, DeviceRecord } from '@chargebus/domain';
import { CapabilityNotSupported, DeviceNotFound } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { SubmitCommand } from '@chargebus/requests';
import type { GetSockets, PutSockets, ReplyOf, RequestOf, SocketNetworkView } from '@chargebus/requests';
import type { CapabilityService } from '../devices/capability.service';
import type { DeviceFinder } from '../devices/device-finder';
import type { Engine } from '../engine/engine';
import { decidePlan } from './plan';
import type { Plan } from './plan';

/** A gateway that is away gets its list within this time, or the list must be put again. */
const EXPIRY_MS = 300_000;
const REFRESH = 'network.refresh';

/** The radio networks of gateways: which socket has which number, and what was asked for. */
export class NetworkService {
  constructor(
    private readonly finder: DeviceFinder,
    private readonly capabilities: Pick<CapabilityService, 'of'>,
    private readonly engine: Pick<Engine, 'run' | 'stateOf'>,
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly now: () => number,
  ) {}

  async get(request: RequestOf<typeof GetSockets>): Promise<SocketNetworkView> {
    return networkView((await this.finder.snapshot(request, request.deviceId, 0)).device);
  }

  async put(request: RequestOf<typeof PutSockets>): Promise<ReplyOf<typeof PutSockets>> {
    const { tenantId, clientId, wait } = request;
    const { device } = await this.finder.snapshot(request, request.deviceId, 0);
    const { deviceId } = device;
    const capability = (await this.capabilities.of(device))?.[REFRESH];
    if (capability?.support === 'none')
      throw new CapabilityNotSupported({ deviceId, capability: REFRESH, why: capability.why });
    const commandId = CommandId.parse(randomUUID());
    const plan = await this.plan(deviceId, request, commandId);
    if ('refuse' in plan) throw plan.refuse;
    const command = await this.bus.ask(
      SubmitCommand,
      {
        commandId,
        tenantId,
        deviceId,
        clientId,
        sessionId: null,
        command: plan.command,
        expiresAt: toInstant(this.now() + EXPIRY_MS),
        wait,
      },
      { extraTimeoutMs: wait?.timeoutMs ?? 0 },
    );
    return { network: networkView(this.engine.stateOf(deviceId)?.device ?? device), command };
  }

  private async plan(deviceId: DeviceId, request: RequestOf<typeof PutSockets>, commandId: CommandId): Promise<Plan> {
    const outcome: { plan?: Plan } = {};
    await this.engine.run([
      {
        deviceId,
        causeId: `sockets:${commandId}`,
        decide: (work) => {
          outcome.plan = decidePlan(work, request, commandId);
        },
      },
    ]);
    if (outcome.plan === undefined) throw new DeviceNotFound({ deviceId });
    return outcome.plan;
  }
}

/** Nobody hears of a socket while its gateway is away. */
function networkView({ deviceId, online, network }: DeviceRecord): SocketNetworkView {
  const { channel, sockets, planned } = network ?? NO_NETWORK;
  return {
    deviceId,
    channel,
    sockets: sockets.map((socket) => ({
      ...socket,
      state: socket.state === 'online' && !online ? 'offline' : socket.state,
      portNos: [...socket.portNos],
    })),
    plannedBy: planned?.commandId ?? null,
  };
}
