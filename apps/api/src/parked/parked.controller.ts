import { listParkedMessages, replayParkedMessage } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { ParkedMessageNotFound } from '@chargebus/errors';
import { Bus, listParked, replayParked } from '@chargebus/messaging';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';

/** Messages that no consumer could handle, for operators of the installation (`design.md` §4.7). */
@Controller()
export class ParkedController {
  constructor(private readonly bus: Bus) {}

  @Endpoint(listParkedMessages)
  async list(@Call() { query }: CallOf<typeof listParkedMessages>): Promise<ResultOf<typeof listParkedMessages>> {
    const parked = await listParked(this.bus, query.limit, query.before);
    return {
      items: parked.map((message) => ({
        sequence: message.sequence,
        consumer: message.consumer,
        subject: message.subject,
        reason: message.reason,
        parked_at: message.parkedAt,
        payload: message.payload,
      })),
    };
  }

  @Endpoint(replayParkedMessage)
  async replay(@Call() { params }: CallOf<typeof replayParkedMessage>): Promise<ResultOf<typeof replayParkedMessage>> {
    const { sequence } = params;
    if (!(await replayParked(this.bus, sequence))) throw new ParkedMessageNotFound({ sequence });
    return { sequence, replayed: true };
  }
}
