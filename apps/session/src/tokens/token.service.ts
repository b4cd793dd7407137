import { toInstant } from '@chargebus/domain';
import { TokenNotFound } from '@chargebus/errors';
import type { TokenRecord, TokenRepository } from '@chargebus/persistence/session';
import type { GetToken, ListTokens, PutToken, ReplyOf, RequestOf, TokenView } from '@chargebus/requests';

/** The register of id tokens, as their owner keeps it. */
export class TokenService {
  constructor(private readonly tokens: TokenRepository) {}

  async put({ tenantId, expiresAt, ...token }: RequestOf<typeof PutToken>): Promise<TokenView> {
    const expiresAtMs = expiresAt === null ? null : Date.parse(expiresAt);
    return tokenView(await this.tokens.put(tenantId, { ...token, expiresAtMs }));
  }

  async get({ tenantId, token }: RequestOf<typeof GetToken>): Promise<TokenView> {
    return present(token, await this.tokens.find(tenantId, token));
  }

  /** What it was. */
  async remove({ tenantId, token }: RequestOf<typeof GetToken>): Promise<TokenView> {
    return present(token, await this.tokens.remove(tenantId, token));
  }

  async list({ tenantId, page, ...filter }: RequestOf<typeof ListTokens>): Promise<ReplyOf<typeof ListTokens>> {
    const { items, total, nextCursor } = await this.tokens.list(tenantId, filter, page);
    return { items: items.map(tokenView), total, nextCursor };
  }
}

function present(token: string, found: TokenRecord | null): TokenView {
  if (found === null) throw new TokenNotFound({ token });
  return tokenView(found);
}

export const tokenView = ({ expiresAtMs, createdAtMs, updatedAtMs, ...token }: TokenRecord): TokenView => ({
  ...token,
  expiresAt: expiresAtMs === null ? null : toInstant(expiresAtMs),
  createdAt: toInstant(createdAtMs),
  updatedAt: toInstant(updatedAtMs),
});
