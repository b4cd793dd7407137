import { createRegion, deleteRegion, getRegion, listRegions, updateRegion } from '@chargebus/api-contract';
import type { Region, ResultOf } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import { DeleteRegion, GetRegion, ListRegions, SaveRegion } from '@chargebus/requests';
import type { RegionView } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';

/** The levels between operator and station: kept by `session` (AD03, U09). */
@Controller()
export class RegionController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(createRegion)
  async create(@Call() { body, caller, context }: CallOf<typeof createRegion>): Promise<ResultOf<typeof createRegion>> {
    const { code, ...change } = body;
    return regionView(
      await this.bus.ask(SaveRegion, { ...audienceOf(caller), code, create: true, change }, { context }),
    );
  }

  @Endpoint(listRegions)
  async list(@Call() call: CallOf<typeof listRegions>): Promise<ResultOf<typeof listRegions>> {
    const { below = null, q = null } = call.query;
    const request = { ...audienceOf(call.caller), below, text: q, page: call.page };
    return mapPage(await this.bus.ask(ListRegions, request, { context: call.context }), regionView);
  }

  @Endpoint(getRegion)
  async get(@Call() { params, caller, context }: CallOf<typeof getRegion>): Promise<ResultOf<typeof getRegion>> {
    return regionView(await this.bus.ask(GetRegion, { ...audienceOf(caller), code: params.code }, { context }));
  }

  @Endpoint(updateRegion)
  async update(@Call() call: CallOf<typeof updateRegion>): Promise<ResultOf<typeof updateRegion>> {
    const request = { ...audienceOf(call.caller), code: call.params.code, create: false, change: call.body };
    return regionView(await this.bus.ask(SaveRegion, request, { context: call.context }));
  }

  @Endpoint(deleteRegion)
  async remove(
    @Call() { params, caller, context }: CallOf<typeof deleteRegion>,
  ): Promise<ResultOf<typeof deleteRegion>> {
    return this.bus.ask(DeleteRegion, { ...audienceOf(caller), code: params.code }, { context });
  }
}

const regionView = ({ code, name, parent, path, createdAt, updatedAt }: RegionView): Region => ({
  code,
  name,
  parent,
  path,
  created_at: createdAt,
  updated_at: updatedAt,
});
