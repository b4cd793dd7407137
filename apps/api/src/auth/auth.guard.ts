import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import type { ApiScope, Route } from '@chargebus/api-contract';
import { AppError, DataScopeTooNarrow, PermissionDenied, RateLimited } from '@chargebus/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AuditLog } from '../audit/audit-log';
import type { ApiMetrics } from '../metrics';
import { routeOf } from '../http/route-of';
import type { Admission, Allowance } from './admission';
import type { Authenticator, RequestHead, SignedRequest } from './authenticator';
import type { FairGate } from './fair-gate';
import type { LastUse } from './last-use';
import { rateClassOf } from './rate-class';

/** What shows whatever happens in a tenant, or sets what counts in all of it, as cards do: not for callers of a part. */
const WHOLE_TENANT: ReadonlySet<ApiScope> = new Set(['audit:read', 'config:manage', 'internal', 'tokens:manage']);

/** What a call has to pass, in this order. */
export interface Doors {
  readonly authenticator: Pick<Authenticator, 'authenticate'>;
  readonly lastUse: Pick<LastUse, 'seen'>;
  readonly admission: Pick<Admission, 'admit'>;
  readonly audit: Pick<AuditLog, 'refuseUnaccountable'>;
  readonly gate: Pick<FairGate, 'enter'>;
}

/** Every route that has a contract needs its scope; what has none (health, metrics, documents) is open. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly doors: Doors,
    private readonly metrics: ApiMetrics,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = routeOf(context);
    if (route === undefined) return true;
    const http = context.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    try {
      await this.admit(http.getRequest<FastifyRequest>(), reply, route);
      return true;
    } catch (error) {
      if (error instanceof AppError) this.metrics.refused.inc({ error: error.name });
      if (error instanceof RateLimited) announce(reply, error.details as LimitDetails);
      throw error;
    }
  }

  private async admit(request: FastifyRequest, reply: FastifyReply, route: Route): Promise<void> {
    const { authenticator, lastUse, admission, audit, gate } = this.doors;
    const { exchange } = request;
    const { client, nonce } = await authenticator.authenticate(signedRequest(request), Date.now());
    exchange.caller = client;
    lastUse.seen(client.clientId, request.ip);
    const orderedDevice = route.ordersDevice ? (request.params as { phyId: string }).phyId : null;
    const allowance = await admission.admit(client, nonce, { rateClass: rateClassOf(route), orderedDevice });
    announce(reply, { ...allowance, reset: allowance.resetS });
    if (route.mutates) audit.refuseUnaccountable();
    exchange.admitted = route;
    if (!client.scopes.has(route.scope))
      throw new PermissionDenied({ scope: route.scope }, { details: { missing_scope: route.scope } });
    if (client.within !== null && WHOLE_TENANT.has(route.scope)) throw new DataScopeTooNarrow();
    if (route.produces === 'text/event-stream') return; // lives for hours and hardly works
    exchange.leave = await gate.enter(client.tenantId);
  }
}

type LimitDetails = Partial<Pick<Allowance, 'policy' | 'limit' | 'remaining'>> & { readonly reset?: number };
function announce(reply: FastifyReply, { policy, limit, remaining, reset }: LimitDetails): void {
  if (limit === undefined || remaining === undefined || reset === undefined) return;
  reply
    .header('ratelimit-limit', limit)
    .header('ratelimit-remaining', remaining)
    .header('ratelimit-reset', reset)
    .header('ratelimit-policy', `${limit.toString()};w=60;name="${policy ?? ''}"`);
}

const signedRequest = (request: FastifyRequest): SignedRequest => ({
  ...headOf(request),
  body: request.body instanceof Uint8Array ? request.body : '',
});
export const headOf = (request: FastifyRequest): RequestHead => ({
  method: request.method,
  target: request.raw.url ?? '/',
  secure: request.protocol === 'https',
  address: request.ip,
  header: (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(',') : value;
  },
});
