import { captureFrames, protocolStatistics, searchFrames, simulateEvent, streamFrames } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import { Bus } from '@chargebus/messaging';
import { FindDevice, GetFrameStatistics, SimulateEvent } from '@chargebus/requests';
import type { RequestOf } from '@chargebus/requests';
import { Controller } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import type { Caller } from '../auth/caller';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';
import { captureOf, eventsOf } from './frame-texts';
import { frameView } from './frame.view';
import { FrameArchive } from './frame-archive';
import type { FrameWindow } from './frame-archive';
import { LiveFrames } from './live-frames';
import { statisticsView } from './statistics.view';

const DAY_MS = 86_400_000;

/** What devices and gateway say to each other, for those who look for a fault. */
@Controller()
export class TraceController {
  constructor(
    private readonly bus: Bus,
    private readonly live: LiveFrames,
    private readonly archive: FrameArchive,
  ) {}

  @Endpoint(streamFrames)
  async stream(@Call() call: CallOf<typeof streamFrames>): Promise<ResultOf<typeof streamFrames>> {
    const deviceId = await this.deviceOf(call);
    return eventsOf(this.live.watch(deviceId, call.query));
  }

  @Endpoint(searchFrames)
  async search(@Call() call: CallOf<typeof searchFrames>): Promise<ResultOf<typeof searchFrames>> {
    const deviceId = await this.deviceOf(call);
    return mapPage(await this.archive.page(deviceId, windowOf(call.query), call.query, call.page), frameView);
  }

  @Endpoint(captureFrames)
  async capture(@Call() call: CallOf<typeof captureFrames>): Promise<ResultOf<typeof captureFrames>> {
    const deviceId = await this.deviceOf(call);
    const window = windowOf(call.query);
    return captureOf(deviceId, window, this.archive.read(deviceId, window, call.query));
  }

  @Endpoint(simulateEvent)
  async simulate(@Call() call: CallOf<typeof simulateEvent>): Promise<ResultOf<typeof simulateEvent>> {
    const deviceId = await this.deviceOf(call);
    const event = eventOf(call.body);
    const { factIds, at } = await this.bus.ask(SimulateEvent, { deviceId, event }, { context: call.context });
    return { event: call.body.event, fact_ids: factIds, at, simulated: true };
  }

  @Endpoint(protocolStatistics)
  async statistics(@Call() call: CallOf<typeof protocolStatistics>): Promise<ResultOf<typeof protocolStatistics>> {
    const { since, until, protocol, phy_id: deviceId } = call.query;
    const nowMs = Date.now();
    const asked = {
      ...audienceOf(call.caller),
      since: since ?? toInstant(nowMs - DAY_MS),
      until: until ?? toInstant(nowMs),
      protocol: protocol ?? null,
      deviceId: deviceId ?? null,
    };
    return statisticsView(await this.bus.ask(GetFrameStatistics, asked, { context: call.context }));
  }

  /** By id or printed number. Throws DEVICE_NOT_FOUND for what is not the caller's. */
  private async deviceOf(call: {
    readonly caller: Caller;
    readonly params: { readonly phyId: string };
    readonly context: CallOf<typeof searchFrames>['context'];
  }): Promise<DeviceId> {
    const asked = { ...audienceOf(call.caller), deviceId: call.params.phyId };
    return (await this.bus.ask(FindDevice, asked, { context: call.context })).deviceId;
  }
}

function windowOf({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): FrameWindow {
  const nowMs = Date.now();
  return {
    from: from === undefined ? new Date(nowMs - DAY_MS) : new Date(from),
    to: to === undefined ? new Date(nowMs) : new Date(to),
  };
}

function eventOf(body: CallOf<typeof simulateEvent>['body']): RequestOf<typeof SimulateEvent>['event'] {
  switch (body.event) {
    case 'heartbeat':
      return {
        kind: 'heartbeat',
        voltageV: body.voltage ?? null,
        temperatureC: body.temperature ?? null,
        signal: body.signal ?? null,
      };
    case 'status':
      return { kind: 'status', portNo: body.port_no, state: body.status, fault: body.fault ?? null };
    case 'start':
      return { kind: 'start', portNo: body.port_no, cardId: body.card ?? null };
    case 'stop':
      return {
        kind: 'stop',
        portNo: body.port_no,
        durationS: body.duration,
        energyWh: Math.round(body.energy * 1_000_000) / 1_000,
        endReason: body.end_reason,
        abnormal: body.abnormal,
      };
  }
}
