import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Injectable } from '@nestjs/common';
import { AppError, PermissionDenied } from '@chargebus/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ApiMetrics } from '../metrics';
import { routeOf } from '../http/route-of';
import type { Admission } from './admission';
import type { Authenticator, SignedRequest } from './authenticator';

/** Every route that has a contract needs its scope; what has none (health, metrics, documents) is open. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly admission: Admission,
    private readonly metrics: ApiMetrics,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const route = routeOf(context);
    if (route === undefined) return true;
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    try {
      const { client, nonce } = await this.authenticator.authenticate(signedRequest(request), Date.now());
      request.exchange.caller = client;
      if (!client.scopes.has(route.scope))
        throw new PermissionDenied({ scope: route.scope }, { details: { missing_scope: route.scope } });
      const device = route.ordersDevice ? (request.params as { phyId: string }).phyId : null;
      const allowance = await this.admission.admit(client, nonce, device);
      http
        .getResponse<FastifyReply>()
        .header('ratelimit-limit', allowance.limit)
        .header('ratelimit-remaining', allowance.remaining)
        .header('ratelimit-reset', allowance.resetS);
      return true;
    } catch (error) {
      if (error instanceof AppError) this.metrics.refused.inc({ error: error.name });
      throw error;
    }
  }
}

const signedRequest = (request: FastifyRequest): SignedRequest => ({
  method: request.method,
  target: request.raw.url ?? '/',
  body: request.body instanceof Uint8Array ? request.body : '',
  secure: request.protocol === 'https',
  header: (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(',') : value;
  },
});
