import { chargeStatus, startCharge, stopCharge } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import { GetChargeStatus, StartCharge, StopCharge } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { DeviceId, NotifyIntervalMinimumS } from '@chargebus/domain';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { Settings } from '../settings/settings';
import { startOrderOf, stopOrderOf } from './charge-orders';
import { chargeStatusView } from './charge.view';
import { waitFor } from './waiting';

/** Starts, stops and watches charges: all of it asked of `session` (E01–E31). */
@Controller()
export class ChargeController {
  constructor(
    private readonly bus: Bus,
    private readonly settings: Settings,
  ) {}

  @Endpoint(startCharge)
  async start(@Call() call: CallOf<typeof startCharge>): Promise<ResultOf<typeof startCharge>> {
    const { body, caller } = call;
    const waitMs = waitFor(call.query.wait);
    const started = await this.bus.ask(
      StartCharge,
      {
        ...audienceOf(caller),
        clientId: caller.clientId,
        deviceId: DeviceId.parse(call.params.phyId),
        ...startOrderOf(body, this.settings.get(NotifyIntervalMinimumS, caller.tenantId)),
        idempotencyKey: call.headers['idempotency-key'] ?? null,
        requestBody: call.rawBody,
        waitMs,
        requireOnline: false,
      },
      { extraTimeoutMs: waitMs?.timeoutMs ?? 0, context: call.context },
    );
    return {
      ...orderView(started.session),
      estimated_start_time: started.estimatedStartAt,
      command_status: started.commandStatus,
      command_id: started.commandId,
      reason: started.commandReason,
      device_response_timeout: started.deviceResponseTimeoutS,
      replayed: started.replayed,
    };
  }

  @Endpoint(stopCharge)
  async stop(@Call() call: CallOf<typeof stopCharge>): Promise<ResultOf<typeof stopCharge>> {
    const { body, caller } = call;
    const waitMs = waitFor(call.query.wait);
    const stopped = await this.bus.ask(
      StopCharge,
      {
        ...audienceOf(caller),
        clientId: caller.clientId,
        deviceId: DeviceId.parse(call.params.phyId),
        ...stopOrderOf(body),
        waitMs,
      },
      { extraTimeoutMs: waitMs?.timeoutMs ?? 0, context: call.context },
    );
    return {
      ...orderView(stopped.session),
      command_status: stopped.commandStatus,
      command_id: stopped.commandId,
      reason: stopped.commandReason,
      device_response_timeout: stopped.deviceResponseTimeoutS,
    };
  }

  @Endpoint(chargeStatus)
  async status(@Call() call: CallOf<typeof chargeStatus>): Promise<ResultOf<typeof chargeStatus>> {
    const asked = {
      phyId: call.params.phyId,
      portNo: call.query.port_no,
      includeRealtime: call.query.include_realtime,
    };
    const source = await this.bus.ask(
      GetChargeStatus,
      { ...audienceOf(call.caller), deviceId: DeviceId.parse(asked.phyId), portNo: asked.portNo },
      { context: call.context },
    );
    return chargeStatusView(source, asked);
  }
}

const orderView = (session: {
  sessionId: ResultOf<typeof startCharge>['session_id'];
  internalOrderId: number;
  orderNo: string | null;
}) => ({
  session_id: session.sessionId,
  internal_order_id: session.internalOrderId,
  third_party_order_no: session.orderNo,
  order_no: session.orderNo,
});
