import {
  cancelParameterChange,
  getParameterChange,
  getParameters,
  listParameterChanges,
  listParameters,
  listParameterVersions,
  parametersIn,
  restoreParameterVersion,
  setParameters,
} from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import {
  CancelParameterChange,
  ChangeParameters,
  FindDevice,
  GetParameterChange,
  GetParameters,
  ListParameterChanges,
  ListParameterVersions,
  RestoreParameterVersion,
} from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import {
  actorOf,
  dictionaryView,
  optionsOf,
  parameterChangeView,
  parametersView,
  refreshOf,
  versionView,
} from './parameter.view';

/** Parameters of devices: the dictionary here, everything else asked of `fleet` (F01–F13, P03, P04). */
@Controller()
export class ParameterController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(listParameters)
  async dictionary(@Call() call: CallOf<typeof listParameters>): Promise<ResultOf<typeof listParameters>> {
    const phyId = call.query.phy_id;
    if (phyId === undefined) return dictionaryView(null);
    const asked = { ...audienceOf(call.caller), deviceId: phyId };
    return dictionaryView(await this.bus.ask(FindDevice, asked, { context: call.context }));
  }

  @Endpoint(setParameters)
  async set(@Call() call: CallOf<typeof setParameters>): Promise<ResultOf<typeof setParameters>> {
    const { body, caller, context } = call;
    const options = optionsOf(body, call.query.wait);
    const change = await this.bus.ask(
      ChangeParameters,
      {
        ...audienceOf(caller),
        deviceId: call.params.phyId,
        values: parametersIn(body),
        actor: actorOf(caller),
        ...options,
      },
      { extraTimeoutMs: options.waitMs, context },
    );
    return parameterChangeView(change);
  }

  @Endpoint(getParameters)
  async get(@Call() call: CallOf<typeof getParameters>): Promise<ResultOf<typeof getParameters>> {
    const refresh = refreshOf(call.query.refresh);
    const request = { ...audienceOf(call.caller), deviceId: call.params.phyId, ...refresh };
    return parametersView(
      await this.bus.ask(GetParameters, request, { extraTimeoutMs: refresh.waitMs, context: call.context }),
    );
  }

  @Endpoint(listParameterChanges)
  async changes(@Call() call: CallOf<typeof listParameterChanges>): Promise<ResultOf<typeof listParameterChanges>> {
    const { caller, params, query, page, context } = call;
    const request = { ...audienceOf(caller), deviceId: params.phyId, state: query.status ?? null, page };
    return mapPage(await this.bus.ask(ListParameterChanges, request, { context }), parameterChangeView);
  }

  @Endpoint(getParameterChange)
  async change(@Call() call: CallOf<typeof getParameterChange>): Promise<ResultOf<typeof getParameterChange>> {
    const { phyId, changeId } = call.params;
    const request = { ...audienceOf(call.caller), deviceId: phyId, changeId };
    return parameterChangeView(await this.bus.ask(GetParameterChange, request, { context: call.context }));
  }

  @Endpoint(cancelParameterChange)
  async cancel(@Call() call: CallOf<typeof cancelParameterChange>): Promise<ResultOf<typeof cancelParameterChange>> {
    const { phyId, changeId } = call.params;
    const request = { ...audienceOf(call.caller), deviceId: phyId, changeId };
    return parameterChangeView(await this.bus.ask(CancelParameterChange, request, { context: call.context }));
  }

  @Endpoint(listParameterVersions)
  async versions(@Call() call: CallOf<typeof listParameterVersions>): Promise<ResultOf<typeof listParameterVersions>> {
    const request = { ...audienceOf(call.caller), deviceId: call.params.phyId, page: call.page };
    return mapPage(await this.bus.ask(ListParameterVersions, request, { context: call.context }), versionView);
  }

  @Endpoint(restoreParameterVersion)
  async restore(
    @Call() call: CallOf<typeof restoreParameterVersion>,
  ): Promise<ResultOf<typeof restoreParameterVersion>> {
    const { body, caller, params, context } = call;
    const options = optionsOf(body, call.query.wait);
    const change = await this.bus.ask(
      RestoreParameterVersion,
      {
        ...audienceOf(caller),
        deviceId: params.phyId,
        version: params.version,
        actor: actorOf(caller),
        ...options,
      },
      { extraTimeoutMs: options.waitMs, context },
    );
    return parameterChangeView(change);
  }
}
