import {
  deviceFilterOf,
  getDeviceAlarms,
  getDeviceLogs,
  getDeviceSessions,
  getHistory,
  listSessions,
  timeRangeOf,
} from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { DeviceId, meansAnyDevice } from '@chargebus/domain';
import type { DeviceFilter } from '@chargebus/domain';
import { invalidField } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import {
  FindDevice,
  GetSampleBuckets,
  ListAlarms,
  ListCommands,
  ListSamples,
  ListSessions,
  SampleMetric,
} from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { commandView } from '../commands/command.view';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { alarmFilter, commandFilter, sessionFilter } from './filters';
import { alarmView, pointView, sampleView, sessionView, unitsOf } from './history.view';

const DEFAULT_RANGE_MS = 86_400_000;
const RAW_PAGE = 500;

/** What was: measurements, sessions and alarms, asked of `session`, the command log of `command` (G05–G07). */
@Controller()
export class HistoryController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(getHistory)
  async history(@Call() call: CallOf<typeof getHistory>): Promise<ResultOf<typeof getHistory>> {
    const { query } = call;
    const metrics = SampleMetric.options.filter((name) => query.metrics?.includes(name) ?? true);
    const { from, to } = timeRangeOf(query, Date.now());
    const until = to ?? new Date().toISOString();
    const asked = {
      ...audienceOf(call.caller),
      deviceId: call.params.phyId,
      portNo: query.port_no ?? null,
      sessionId: query.session_id ?? null,
      from: from ?? new Date(Date.parse(until) - DEFAULT_RANGE_MS).toISOString(),
      until,
    };
    return query.raw ? this.raw(call, asked, metrics) : this.points(call, asked, metrics);
  }

  private async points(
    { query, context }: CallOf<typeof getHistory>,
    asked: Asked,
    metrics: readonly SampleMetric[],
  ): Promise<ResultOf<typeof getHistory>> {
    if (query.cursor !== undefined || query.limit !== undefined)
      throw invalidField(query.cursor === undefined ? 'limit' : 'cursor', 'is for raw=true; points says how many');
    const request = { ...asked, metrics: [...metrics], points: query.points };
    const found = await this.bus.ask(GetSampleBuckets, request, { context });
    return {
      phy_id: found.deviceId,
      from: found.from,
      to: found.until,
      raw: false,
      step: found.stepS,
      source: found.source,
      units: unitsOf(metrics),
      items: found.items.map(pointView),
      next_cursor: null,
    };
  }

  private async raw(
    { query, context }: CallOf<typeof getHistory>,
    asked: Asked,
    metrics: readonly SampleMetric[],
  ): Promise<ResultOf<typeof getHistory>> {
    const request = { ...asked, cursor: query.cursor ?? null, limit: query.limit ?? RAW_PAGE };
    const found = await this.bus.ask(ListSamples, request, { context });
    return {
      phy_id: found.deviceId,
      from: asked.from,
      to: asked.until,
      raw: true,
      step: null,
      source: 'samples',
      units: unitsOf(metrics),
      items: found.items.map((sample) => sampleView(sample, metrics)),
      next_cursor: found.nextCursor,
    };
  }

  @Endpoint(getDeviceAlarms)
  async alarms(@Call() call: CallOf<typeof getDeviceAlarms>): Promise<ResultOf<typeof getDeviceAlarms>> {
    const page = await this.bus.ask(
      ListAlarms,
      {
        ...audienceOf(call.caller),
        deviceId: call.params.phyId,
        ...alarmFilter(call.query),
        page: call.page,
      },
      { context: call.context },
    );
    return mapPage(page, alarmView);
  }

  /** Asks for the device first: an id that belongs to nobody is not found, rather than a device without commands. */
  @Endpoint(getDeviceLogs)
  async logs(@Call() call: CallOf<typeof getDeviceLogs>): Promise<ResultOf<typeof getDeviceLogs>> {
    const page = await this.bus.ask(
      ListCommands,
      {
        tenantId: call.caller.tenantId,
        deviceId: await this.deviceOf(call),
        ...commandFilter(call.query),
        page: call.page,
      },
      { context: call.context },
    );
    return mapPage(page, commandView);
  }

  @Endpoint(getDeviceSessions)
  async deviceSessions(@Call() call: CallOf<typeof getDeviceSessions>): Promise<ResultOf<typeof getDeviceSessions>> {
    return this.sessions(call, await this.deviceOf(call));
  }

  @Endpoint(listSessions)
  list(@Call() call: CallOf<typeof listSessions>): Promise<ResultOf<typeof listSessions>> {
    const { phy_id: phyId } = call.query;
    const devices = deviceFilterOf(call.query);
    return this.sessions(
      call,
      phyId === undefined ? null : DeviceId.parse(phyId),
      meansAnyDevice(devices) ? null : devices,
    );
  }

  private async sessions(
    { caller, query, page, context }: Pick<CallOf<typeof getDeviceSessions>, 'caller' | 'query' | 'page' | 'context'>,
    deviceId: DeviceId | null,
    devices: DeviceFilter | null = null,
  ): Promise<ResultOf<typeof listSessions>> {
    const request = { ...audienceOf(caller), deviceId, devices, ...sessionFilter(query), page };
    return mapPage(await this.bus.ask(ListSessions, request, { context }), sessionView);
  }

  private async deviceOf({
    params,
    caller,
    context,
  }: Pick<CallOf<typeof getDeviceLogs>, 'params' | 'caller' | 'context'>): Promise<DeviceId> {
    const request = { ...audienceOf(caller), deviceId: params.phyId };
    return (await this.bus.ask(FindDevice, request, { context })).deviceId;
  }
}

/** Range and device of a history, as `session` is asked for either form of it. */
type Asked = Omit<RequestOf<typeof ListSamples>, 'cursor' | 'limit'>;
