import { CommandId, toInstant } from '@chargebus/domain';
import type { CommandOutcome, DeviceCommand, DeviceId } from '@chargebus/domain';
import { downSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import { DownReply } from '@chargebus/requests';
import type { DownRequest } from '@chargebus/requests';
import { NoRespondersError, RequestError } from '@nats-io/nats-core';
import { randomUUID } from 'node:crypto';

const SEND_WITHIN_MS = 10_000;
const ANSWER_WITHIN_MS = 75_000;

export interface DirectOutcome {
  readonly outcome: CommandOutcome;
  readonly sent: boolean; // it may have reached the device
}

/**
 * An order that goes to the gateway without `command`: it carries a secret, which must be written down nowhere on the way.
 * So it is not repeated, not queued and not logged; whoever gave it decides what silence means (ADR 0100).
 */
export class DirectOrders {
  constructor(private readonly bus: Pick<Bus, 'nc'>) {}

  async give(deviceId: DeviceId, command: DeviceCommand): Promise<DirectOutcome> {
    const request: DownRequest = {
      commandId: CommandId.parse(randomUUID()),
      deviceId,
      command,
      sendBefore: toInstant(Date.now() + SEND_WITHIN_MS),
      reissued: false,
    };
    let sent = false;
    try {
      const replies = await this.bus.nc.requestMany(downSubject(deviceId), JSON.stringify(request), {
        strategy: 'count',
        maxMessages: 2,
        maxWait: ANSWER_WITHIN_MS,
      });
      for await (const message of replies) {
        const reply = DownReply.parse(message.json());
        if (reply.stage === 'done') return { outcome: reply.outcome, sent: sent || reply.sends > 0 };
        sent = true;
      }
    } catch (error) {
      if (!isNobodyThere(error)) throw error;
      return { outcome: { status: 'offline' }, sent: false };
    }
    return { outcome: { status: 'no_reply' }, sent };
  }
}

const isNobodyThere = (error: unknown): boolean =>
  error instanceof NoRespondersError || (error instanceof RequestError && error.isNoResponders());
