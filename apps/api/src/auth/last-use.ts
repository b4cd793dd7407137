import type { ClientId } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import type { ClientRepository, ClientUse } from '@chargebus/persistence/iam';
import { Ticker } from '@chargebus/runtime';
import { LRUCache } from 'lru-cache';

const LOOK_EVERY_MS = 1_000;
const WRITE_EACH_EVERY_MS = 60_000;

/** When and from where each client called last: written at most once a minute for each, one statement for all. */
export class LastUse {
  private readonly uses = new Map<ClientId, ClientUse>();
  private readonly justWritten = new LRUCache<ClientId, true>({ max: 50_000, ttl: WRITE_EACH_EVERY_MS });
  private readonly ticker: Ticker;

  constructor(
    private readonly clients: Pick<ClientRepository, 'recordUses'>,
    private readonly logger: Logger,
  ) {
    this.ticker = new Ticker('last use of clients', LOOK_EVERY_MS, logger, () => this.write());
  }

  onApplicationBootstrap(): void {
    this.ticker.start(LOOK_EVERY_MS);
  }
  async onModuleDestroy(): Promise<void> {
    await this.ticker.stop();
    this.justWritten.clear();
    await this.write();
  }

  seen(clientId: ClientId, address: string): void {
    this.uses.set(clientId, { clientId, address, at: new Date().toISOString() });
  }

  /** What cannot be written now is forgotten: the next call of the client says it anew. */
  private async write(): Promise<void> {
    const due = [...this.uses.values()].filter(({ clientId }) => !this.justWritten.has(clientId));
    if (due.length === 0) return;
    for (const { clientId } of due) {
      this.uses.delete(clientId);
      this.justWritten.set(clientId, true);
    }
    await this.clients.recordUses(due).catch((error: unknown) => {
      this.logger.warn({ err: error, clients: due.length }, 'last use of clients cannot be written');
    });
  }
}
