import {
  captureFrames,
  protocolStatistics,
  searchFrames,
  simulateEvent,
  streamFrames,
  timeRangeOf,
} from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { instantToMs, toInstant } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import { PortNotFound } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { FindDevice, GetFrameStatistics, SimulateEvent } from '@chargebus/requests';
import type { ReplyOf, RequestOf } from '@chargebus/requests';
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
    const { deviceId, ports } = await this.find(call);
    refuseOtherPorts(call.body, { deviceId, ports });
    const event = eventOf(call.body);
    const { factIds, at } = await this.bus.ask(SimulateEvent, { deviceId, event }, { context: call.context });
    return { event: call.body.event, fact_ids: factIds, at, simulated: true };
  }

  @Endpoint(protocolStatistics)
  async statistics(@Call() call: CallOf<typeof protocolStatistics>): Promise<ResultOf<typeof protocolStatistics>> {
    const { since, until, protocol, phy_id: deviceId, ...query } = call.query;
    const nowMs = Date.now();
    const { from, to } = timeRangeOf({ ...query, from: query.from ?? since, to: query.to ?? until }, nowMs);
    const asked = {
      ...audienceOf(call.caller),
      since: from ?? toInstant((to === null ? nowMs : instantToMs(to)) - DAY_MS),
      until: to ?? toInstant(nowMs),
      protocol: protocol ?? null,
      deviceId: deviceId ?? null,
    };
    return statisticsView(await this.bus.ask(GetFrameStatistics, asked, { context: call.context }));
  }

  /** By id or printed number. Throws DEVICE_NOT_FOUND for what is not the caller's. */
  private find({ caller, params, context }: AboutDevice): Promise<ReplyOf<typeof FindDevice>> {
    return this.bus.ask(FindDevice, { ...audienceOf(caller), deviceId: params.phyId }, { context });
  }
  private async deviceOf(call: AboutDevice): Promise<DeviceId> {
    return (await this.find(call)).deviceId;
  }
}
interface AboutDevice {
  readonly caller: Caller;
  readonly params: { readonly phyId: string };
  readonly context: CallOf<typeof searchFrames>['context'];
}

/** A fact makes ports that nobody knew of; a device that told its ports has no others. Throws PORT_NOT_FOUND. */
function refuseOtherPorts(
  body: CallOf<typeof simulateEvent>['body'],
  { deviceId, ports }: Pick<ReplyOf<typeof FindDevice>, 'deviceId' | 'ports'>,
): void {
  if (body.event === 'heartbeat' || ports.length === 0) return;
  const { port_no: portNo } = body;
  if (!ports.some((port) => port.portNo === portNo)) throw new PortNotFound({ deviceId, portNo });
}

function windowOf(query: Parameters<typeof timeRangeOf>[0]): FrameWindow {
  const range = timeRangeOf(query, Date.now());
  const to = range.to === null ? new Date() : new Date(range.to);
  return { from: range.from === null ? new Date(to.getTime() - DAY_MS) : new Date(range.from), to };
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
