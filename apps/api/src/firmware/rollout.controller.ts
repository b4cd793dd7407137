import * as contract from '@chargebus/api-contract';
import type { InputOf, ResultOf } from '@chargebus/api-contract';
import { ANY_DEVICE, DeviceId, toInstant } from '@chargebus/domain';
import type { DeviceFilter } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import * as requests from '@chargebus/requests';
import type { RolloutView } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { viewerOf } from '../jobs/viewer';

/** One firmware for many devices: asked of `fleet`. */
@Controller()
export class RolloutController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(contract.startRollout)
  async start(
    @Call() { body, params, caller, context }: CallOf<typeof contract.startRollout>,
  ): Promise<ResultOf<typeof contract.startRollout>> {
    const rollout = await this.bus.ask(
      requests.StartRollout,
      {
        ...audienceOf(caller),
        clientId: caller.clientId,
        firmwareId: params.firmwareId,
        filter: filterOf(body),
        waves: body.waves,
        waitS: body.wait_seconds,
        maxFailurePct: body.max_failure_rate,
        deviceWaitS: body.device_wait_seconds,
        concurrency: body.max_concurrent,
        rollbackEnabled: body.rollback_enabled,
        notifyProgress: body.notify_progress,
        scheduledAt:
          body.upgrade_mode === 'scheduled' && body.scheduled_time != null
            ? toInstant(Date.parse(body.scheduled_time))
            : null,
      },
      { context },
    );
    return rolloutView(rollout);
  }

  @Endpoint(contract.listRollouts)
  async list(@Call() call: CallOf<typeof contract.listRollouts>): Promise<ResultOf<typeof contract.listRollouts>> {
    const request = { ...viewerOf(call.caller), page: call.page };
    return mapPage(await this.bus.ask(requests.ListRollouts, request, { context: call.context }), rolloutView);
  }

  @Endpoint(contract.getRollout)
  async get(@Call() call: CallOf<typeof contract.getRollout>): Promise<ResultOf<typeof contract.getRollout>> {
    return rolloutView(await this.bus.ask(requests.GetRollout, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.resumeRollout)
  async resume(@Call() call: CallOf<typeof contract.resumeRollout>): Promise<ResultOf<typeof contract.resumeRollout>> {
    return rolloutView(await this.bus.ask(requests.ResumeRollout, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.abortRollout)
  async abort(@Call() call: CallOf<typeof contract.abortRollout>): Promise<ResultOf<typeof contract.abortRollout>> {
    return rolloutView(await this.bus.ask(requests.AbortRollout, refOf(call), { context: call.context }));
  }

  @Endpoint(contract.rollBackRollout)
  async rollBack(
    @Call() call: CallOf<typeof contract.rollBackRollout>,
  ): Promise<ResultOf<typeof contract.rollBackRollout>> {
    const request = { ...refOf(call), ...audienceOf(call.caller), clientId: call.caller.clientId };
    return rolloutView(await this.bus.ask(requests.RollBackRollout, request, { context: call.context }));
  }
}

const refOf = ({ caller, params }: Pick<CallOf<typeof contract.getRollout>, 'caller' | 'params'>) => ({
  ...viewerOf(caller),
  rolloutId: params.rolloutId,
});

function filterOf({
  device_ids: ids,
  device_filters: filters = {},
}: InputOf<typeof contract.startRollout>['body']): DeviceFilter {
  return {
    ...ANY_DEVICE,
    online: filters.online_only === true ? true : null,
    types: filters.device_types ?? null,
    regions: filters.regions ?? null,
    stations: filters.stations ?? null,
    groups: filters.groups ?? null,
    tags: filters.tags ?? null,
    models: filters.models ?? null,
    protocols: filters.protocols ?? null,
    deviceIds: ids?.map((id) => DeviceId.parse(id)) ?? null,
  };
}

const rolloutView = (rollout: RolloutView): ResultOf<typeof contract.getRollout> => ({
  rollout_id: rollout.rolloutId,
  firmware_id: rollout.firmwareId,
  rolls_back: rollout.rollsBack,
  status: rollout.status,
  reason: rollout.reason,
  waves: rollout.waves,
  wave: rollout.wave,
  wait_seconds: rollout.waitS,
  max_failure_rate: rollout.maxFailurePct,
  device_wait_seconds: rollout.deviceWaitS,
  max_concurrent: rollout.concurrency,
  rollback_enabled: rollout.rollbackEnabled,
  notify_progress: rollout.notifyProgress,
  scheduled_time: rollout.scheduledAt,
  summary: rollout.tally,
  halted_at: rollout.haltedAt,
  created_at: rollout.createdAt,
  started_at: rollout.startedAt,
  finished_at: rollout.finishedAt,
});
