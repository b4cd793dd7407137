import { getSockets, putSockets } from '@chargebus/api-contract';
import type { ResultOf, SocketNetwork } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import { GetSockets, PutSockets } from '@chargebus/requests';
import type { SocketNetworkView } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import type { z } from 'zod';
import { waitFor } from '../charge/waiting';
import { commandView } from '../commands/command.view';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';

/** Radio networks of gateways: kept by `session`, which orders what is to be. */
@Controller()
export class SocketController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(getSockets)
  async get(@Call() call: CallOf<typeof getSockets>): Promise<ResultOf<typeof getSockets>> {
    const request = { ...audienceOf(call.caller), deviceId: call.params.phyId };
    return networkView(await this.bus.ask(GetSockets, request, { context: call.context }));
  }

  @Endpoint(putSockets)
  async put(@Call() call: CallOf<typeof putSockets>): Promise<ResultOf<typeof putSockets>> {
    const { clientId } = call.caller;
    const wait = waitFor(call.query.wait);
    const { network, command } = await this.bus.ask(
      PutSockets,
      {
        ...audienceOf(call.caller),
        clientId,
        deviceId: call.params.phyId,
        channel: call.body.channel ?? null,
        sockets: call.body.sockets.map(({ socket_no: socketNo, mac, uid }) => ({
          socketNo,
          mac: mac ?? null,
          uid: uid ?? null,
        })),
        wait,
      },
      { extraTimeoutMs: wait?.timeoutMs ?? 0, context: call.context },
    );
    return { ...networkView(network), command: commandView(command) };
  }
}

const networkView = (network: SocketNetworkView): z.infer<typeof SocketNetwork> => ({
  phy_id: network.deviceId,
  channel: network.channel,
  sockets: network.sockets.map(({ socketNo, mac, uid, state, portNos }) => ({
    socket_no: socketNo,
    mac,
    uid,
    state,
    port_nos: portNos,
  })),
  planned_by: network.plannedBy,
});
