import { createStation, deleteStation, getStation, listStations, updateStation } from '@chargebus/api-contract';
import type { ResultOf, Station } from '@chargebus/api-contract';
import { Bus } from '@chargebus/messaging';
import { DeleteStation, GetStation, ListStations, SaveStation } from '@chargebus/requests';
import type { StationChange, StationView } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';

/** Places with devices: kept by `session` (AD01). */
@Controller()
export class StationController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(createStation)
  async create(@Call() call: CallOf<typeof createStation>): Promise<ResultOf<typeof createStation>> {
    const { code, ...fields } = call.body;
    const request = { ...audienceOf(call.caller), code, create: true, change: changeOf(fields) };
    return stationView(await this.bus.ask(SaveStation, request, { context: call.context }));
  }

  @Endpoint(listStations)
  async list(@Call() call: CallOf<typeof listStations>): Promise<ResultOf<typeof listStations>> {
    const { region = null, state, q = null } = call.query;
    const states = state === undefined ? null : [state];
    const request = { ...audienceOf(call.caller), regions: region, states, text: q, page: call.page };
    return mapPage(await this.bus.ask(ListStations, request, { context: call.context }), stationView);
  }

  @Endpoint(getStation)
  async get(@Call() { params, caller, context }: CallOf<typeof getStation>): Promise<ResultOf<typeof getStation>> {
    return stationView(await this.bus.ask(GetStation, { ...audienceOf(caller), code: params.code }, { context }));
  }

  @Endpoint(updateStation)
  async update(@Call() call: CallOf<typeof updateStation>): Promise<ResultOf<typeof updateStation>> {
    const request = { ...audienceOf(call.caller), code: call.params.code, create: false, change: changeOf(call.body) };
    return stationView(await this.bus.ask(SaveStation, request, { context: call.context }));
  }

  @Endpoint(deleteStation)
  async remove(
    @Call() { params, caller, context }: CallOf<typeof deleteStation>,
  ): Promise<ResultOf<typeof deleteStation>> {
    return this.bus.ask(DeleteStation, { ...audienceOf(caller), code: params.code }, { context });
  }
}

/** Absent stays absent: as it is. */
function changeOf({
  opening_hours: openingHours,
  contact,
  ...same
}: CallOf<typeof updateStation>['body']): StationChange {
  if (contact == null) return { ...same, contact, openingHours };
  const { name = null, phone = null, email = null } = contact;
  return { ...same, contact: { name, phone, email }, openingHours };
}

const stationView = ({ openingHours, deviceCount, createdAt, updatedAt, ...same }: StationView): Station => ({
  ...same,
  opening_hours: openingHours,
  device_count: deviceCount,
  created_at: createdAt,
  updated_at: updatedAt,
});
