import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { Collection, Request } from 'postman-collection';
import type { Item } from 'postman-collection';
import { createContext } from 'postman-sandbox';
import type { Context } from 'postman-sandbox';

interface Target {
  readonly baseUrls: readonly string[];
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Sends requests of a collection as Postman does: the collection's script in Postman's sandbox, then the request. */
export class CollectionRunner {
  private constructor(
    private readonly collection: Collection,
    private readonly sandbox: Context,
    private readonly target: Target,
  ) {}

  static async open(file: string, target: Target): Promise<CollectionRunner> {
    const collection = new Collection(JSON.parse(readFileSync(file, 'utf8')) as object);
    return new CollectionRunner(collection, await promisify(createContext)(), target);
  }

  /** The request of this name with its own examples, but for these path variables and fields of the body. */
  async send(
    name: string,
    path: Readonly<Record<string, string>> = {},
    fields: object = {},
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const request = this.find(name).request.clone();
    for (const [key, value] of Object.entries(path)) request.url.variables.upsert({ key, value });
    if (request.body?.raw !== undefined)
      request.body.raw = JSON.stringify({ ...(JSON.parse(request.body.raw) as object), ...fields });
    const signed = await this.sign(request);
    const response = await fetch(signed.url.toString().replace('{{baseUrl}}', this.target.baseUrls[0] ?? ''), {
      method: signed.method,
      headers: signed.headers
        .all()
        .filter(({ disabled }) => disabled !== true)
        .map(({ key, value }) => [key, value]),
      ...(signed.body?.raw === undefined ? {} : { body: signed.body.raw }),
    });
    return { status: response.status, body: await response.json() };
  }

  close(): void {
    this.sandbox.dispose();
  }

  private find(name: string): Item {
    const found: Item[] = [];
    this.collection.forEachItem((item) => {
      if (item.name === name) found.push(item);
    });
    if (found[0] === undefined) throw new Error(`the collection has no request ${name}`);
    return found[0];
  }

  private async sign(request: Request): Promise<Request> {
    const { apiKey, apiSecret } = this.target;
    const values = Object.entries({ apiKey, apiSecret }).map(([key, value]) => ({ key, value }));
    const [script] = this.collection.events.all();
    const execute = promisify(this.sandbox.execute.bind(this.sandbox));
    const { request: signed } = await execute(script ?? {}, {
      context: { request: request.toJSON(), collectionVariables: { values } },
    });
    return new Request(signed);
  }
}
