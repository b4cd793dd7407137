import type { ClientId, TenantId } from '@chargebus/domain';
import { TokenCallbackNotFound } from '@chargebus/errors';
import { forTenant } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { TokenCallback, TokenCallbackRepository } from '@chargebus/persistence/webhook';
import type { PutTokenCallback, ReplyOf, RequestOf, TokenCallbackView } from '@chargebus/requests';
import type { GuardedClient } from '@chargebus/security';
import type { z } from 'zod';
import type { EndpointSecrets } from '../endpoints/endpoint-secrets';

interface Owner {
  readonly tenantId: TenantId;
  readonly clientId: ClientId;
}

/** Where a client wants to be asked about id tokens: one address per client. */
export class TokenCallbackService {
  constructor(
    private readonly database: Database,
    private readonly callbacks: TokenCallbackRepository,
    private readonly secrets: EndpointSecrets,
    private readonly client: Pick<GuardedClient, 'check'>,
  ) {}

  async put(request: RequestOf<typeof PutTokenCallback>): Promise<ReplyOf<typeof PutTokenCallback>> {
    await this.client.check(request.url);
    const { secret, ...sealed } = this.secrets.create(request.clientId);
    const stored = await this.database.transaction(forTenant(request.tenantId), (tx) =>
      this.callbacks.put(tx, request, request, sealed),
    );
    return { ...view(stored), secret: stored.secretSealed === sealed.secretSealed ? secret : null };
  }

  async get(owner: Owner): Promise<z.infer<typeof TokenCallbackView>> {
    const found = await this.database.transaction(forTenant(owner.tenantId), (tx) =>
      this.callbacks.find(tx, owner.tenantId, owner.clientId),
    );
    if (found === null) throw new TokenCallbackNotFound();
    return view(found);
  }

  async remove(owner: Owner): Promise<{ deleted: true }> {
    const removed = await this.database.transaction(forTenant(owner.tenantId), (tx) =>
      this.callbacks.remove(tx, owner.tenantId, owner.clientId),
    );
    if (!removed) throw new TokenCallbackNotFound();
    return { deleted: true };
  }
}

const view = ({ url, timeoutMs, fallback, secretHint, createdAt, updatedAt }: TokenCallback) => ({
  url,
  timeoutMs,
  fallback,
  secretHint,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});
