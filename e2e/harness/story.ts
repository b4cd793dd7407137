import { connect } from '@chargebus/api-client';
import type { ChargebusClient } from '@chargebus/api-client';
import { eventually, Installation } from '@chargebus/testing';
import type { InstallationOptions } from '@chargebus/testing';
import { PlatformClient } from './platform-client';
import { WebhookReceiver } from './webhook-receiver';
import type { ReceivedEvent } from './webhook-receiver';

/** An installation, a third party that calls it, and the endpoint where its webhooks arrive. */
export class Story {
  private constructor(
    readonly installation: Installation,
    readonly platform: PlatformClient,
    /** The typed client that integrators are given; `platform` is written from the documentation alone. */
    readonly api: ChargebusClient,
    readonly receiver: WebhookReceiver,
  ) {}

  static async begin(options: InstallationOptions = {}): Promise<Story> {
    const installation = await Installation.start(options);
    const receiver = await WebhookReceiver.listen();
    const platform = new PlatformClient(installation.baseUrls, installation.apiKey, installation.apiSecret);
    const { baseUrls, apiKey, apiSecret } = installation;
    const api = connect({ baseUrl: baseUrls[0] ?? '', apiKey, apiSecret });
    const story = new Story(installation, platform, api, receiver);
    await story.subscribe(['*']);
    return story;
  }

  private async subscribe(events: readonly string[]): Promise<void> {
    const created = await this.platform.post<{ secret: string }>('/api/third/webhooks/endpoints', {
      url: this.receiver.url,
      events,
    });
    if (created.body.code !== 0) throw new Error(`endpoint was refused: ${JSON.stringify(created.body)}`);
    this.receiver.trust(created.body.data.secret);
  }

  /** Waits for an event of this type that matches. */
  event(
    type: string,
    matches: (event: ReceivedEvent) => boolean = () => true,
    timeoutMs = 15_000,
  ): Promise<ReceivedEvent> {
    return eventually(() => {
      const found = this.receiver.distinct(type).find(matches);
      if (found === undefined)
        throw new Error(
          `no ${type} arrived; ${this.receiver
            .distinct()
            .map((event) => event.event)
            .join(' ')} did`,
        );
      return found;
    }, timeoutMs);
  }

  async end(): Promise<void> {
    await this.installation.stop();
    await this.receiver.close();
  }
}
