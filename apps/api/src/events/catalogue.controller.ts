import { eventCatalogue } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { PayloadVersion } from '@chargebus/domain';
import { comesByWildcard, payloadExample, payloadJsonSchema, PAYLOADS } from '@chargebus/events';
import type { PayloadShape } from '@chargebus/events';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';

type Catalogue = ResultOf<typeof eventCatalogue>;

/** What can be subscribed to: derived from the declarations, the same for everybody. */
@Controller()
export class CatalogueController {
  private readonly events = PAYLOADS.map(entryOf);

  @Endpoint(eventCatalogue)
  catalogue(@Call() { query }: CallOf<typeof eventCatalogue>): Promise<Catalogue> {
    const events = this.events.filter(({ event }) => query.event === undefined || event === query.event);
    return Promise.resolve({ payload_versions: [...PayloadVersion.options], events });
  }
}

const entryOf = ({ event: { type, title, version } }: PayloadShape): Catalogue['events'][number] => ({
  event: type,
  title,
  version,
  named_only: !comesByWildcard(type),
  schemas: { v1: { ...payloadJsonSchema(type, 'v1') }, 'v1-flat': { ...payloadJsonSchema(type, 'v1-flat') } },
  examples: { v1: { ...payloadExample(type, 'v1') }, 'v1-flat': { ...payloadExample(type, 'v1-flat') } },
});
