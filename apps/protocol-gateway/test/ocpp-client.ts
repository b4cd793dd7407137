import { eventually } from '@chargebus/testing';
import { RPCClient } from 'ocpp-rpc';

type Params = Record<string, unknown>;

/** A station on an independent OCPP library, which checks every message of both sides against the official schemas. */
export class OcppClient {
  readonly asked: { readonly action: string; readonly params: Params }[] = [];
  private constructor(readonly client: RPCClient) {}

  static async connect(wsPort: number, identity: string, protocol: string): Promise<OcppClient> {
    const client = new RPCClient({
      endpoint: `ws://127.0.0.1:${wsPort}/ocpp`,
      identity,
      protocols: [protocol],
      strictMode: true,
      reconnect: false,
    } as ConstructorParameters<typeof RPCClient>[0]);
    await client.connect();
    return new OcppClient(client);
  }

  answers(action: string, answer: (params: Params) => Params): void {
    this.client.handle(action, ({ params = {} }) => {
      this.asked.push({ action, params });
      return Promise.resolve(answer(params));
    });
  }
  says(action: string, params: Params = {}): Promise<Params> {
    return this.client.call(action, params) as Promise<Params>;
  }
  wasAsked(action: string): Promise<Params> {
    return eventually(() => {
      const found = this.asked.find((one) => one.action === action);
      if (found === undefined) throw new Error(`asked for ${this.asked.map((one) => one.action).join(' ')}`);
      return found.params;
    });
  }
  async close(): Promise<void> {
    await this.client.close({ force: true });
  }
}
