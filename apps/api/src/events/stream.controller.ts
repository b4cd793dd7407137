import { deviceFilterOf, streamEvents } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { DeviceId, meansAnyDevice } from '@chargebus/domain';
import type { DeviceFilter } from '@chargebus/domain';
import { isKnownPattern } from '@chargebus/events';
import { invalidFields } from '@chargebus/errors';
import { DeviceMembership } from '@chargebus/messaging';
import { Controller, Header } from '@nestjs/common';
import { audienceOf } from '../auth/audience';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { EventStreams } from './event-streams';
import type { StreamFilter } from './stream-filter';

type StreamCall = CallOf<typeof streamEvents>;

/** Events as they happen, to whoever keeps a connection open. */
@Controller()
export class StreamController {
  constructor(
    private readonly streams: EventStreams,
    private readonly membership: DeviceMembership,
  ) {}

  @Header('cache-control', 'no-cache, no-transform')
  @Header('x-accel-buffering', 'no')
  @Endpoint(streamEvents)
  stream(@Call() call: StreamCall): Promise<ResultOf<typeof streamEvents>> {
    const { query, headers, caller } = call;
    const unknown = query.events.filter((pattern) => !isKnownPattern(pattern));
    if (unknown.length > 0) throw unknownEvents(unknown);
    return this.streams.start({
      clientId: caller.clientId,
      filter: this.filterOf(call),
      version: query.payload_version,
      lastSeen: headers['last-event-id'] ?? query.last_event_id ?? null,
    });
  }

  private filterOf({ query, caller }: StreamCall): StreamFilter {
    const ids = (query.phy_id ?? query.device)?.map((id) => DeviceId.parse(id)) ?? null;
    const filter: DeviceFilter = { ...deviceFilterOf(query), deviceIds: ids };
    const isAny = meansAnyDevice(filter);
    return {
      tenantId: caller.tenantId,
      patterns: query.events,
      devices: isAny && caller.within === null ? null : this.membership.of(audienceOf(caller), filter),
      only: ids?.length === 1 ? (ids[0] ?? null) : null,
      portNo: query.port_no ?? null,
      sessionId: query.session_id ?? null,
      limited: caller.within !== null && isAny,
    };
  }
}

function unknownEvents(patterns: readonly string[]): Error {
  return invalidFields(patterns.map((pattern) => ({ field: 'events', message: `no event is called ${pattern}` })));
}
