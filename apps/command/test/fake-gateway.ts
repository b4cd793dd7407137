import type { CommandOutcome } from '@chargebus/domain';
import { claimSubject, downSubject } from '@chargebus/messaging';
import { DownRequest } from '@chargebus/requests';
import type { DownReply } from '@chargebus/requests';
import type { Msg, NatsConnection, Subscription } from '@nats-io/nats-core';
import { connect } from '@nats-io/transport-node';

/** How a device behaves: what its gateway answers. `vanish`: the stage at which the gateway is gone. */
export type Behaviour =
  | { readonly outcome: CommandOutcome; readonly sends?: number }
  | { readonly vanish: 'before_sent' | 'after_sent' }
  | { readonly hold: Promise<CommandOutcome> };
export const ACKS: Behaviour = { outcome: { status: 'acked', result: { ok: true } } };
export const IS_SILENT: Behaviour = { outcome: { status: 'no_reply' }, sends: 2 };

/** A gateway that holds devices: answers on `cb.down.<device>` and remembers what it was asked, in order. */
export class FakeGateway {
  readonly received: (DownRequest & { readonly atMs: number })[] = [];
  private readonly held = new Map<string, Subscription>();

  private constructor(private readonly nc: NatsConnection) {}

  static async connect(url: string): Promise<FakeGateway> {
    const servers = url.replace('nats://', '');
    return new FakeGateway(await connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 50 }));
  }

  /** The device is connected from now on; a second call changes how it behaves. */
  async holdDevice(deviceId: string, behaviour: Behaviour = ACKS): Promise<void> {
    this.held.get(deviceId)?.unsubscribe();
    const subscription = this.nc.subscribe(downSubject(deviceId), {
      callback: (error, message) => {
        if (error === null) void this.answer(message, behaviour);
      },
    });
    this.held.set(deviceId, subscription);
    await this.nc.flush();
  }
  /** The device is here on a new connection, as a gateway says when it takes one. */
  async claim(deviceId: string): Promise<void> {
    this.nc.publish(claimSubject(deviceId));
    await this.nc.flush();
  }
  async loseDevice(deviceId: string): Promise<void> {
    this.held.get(deviceId)?.unsubscribe();
    this.held.delete(deviceId);
    await this.nc.flush();
  }
  /** Kinds of the orders to one device, in order. */
  askedOf(deviceId: string): string[] {
    return this.received.filter((request) => request.deviceId === deviceId).map(({ command }) => command.kind);
  }
  timesAsked(commandId: string): number {
    return this.received.filter((request) => request.commandId === commandId).length;
  }
  close(): Promise<void> {
    return this.nc.close();
  }

  private async answer(message: Msg, behaviour: Behaviour): Promise<void> {
    this.received.push({ ...DownRequest.parse(message.json()), atMs: Date.now() });
    const respond = (reply: DownReply): void => {
      message.respond(JSON.stringify(reply));
    };
    const at = (): string => new Date().toISOString();
    if ('vanish' in behaviour && behaviour.vanish === 'before_sent') return;
    respond({ stage: 'sent', at: at() });
    if ('vanish' in behaviour) return;
    const outcome = 'hold' in behaviour ? await behaviour.hold : behaviour.outcome;
    respond({ stage: 'done', at: at(), outcome, sends: 'sends' in behaviour ? (behaviour.sends ?? 1) : 1 });
  }
}
