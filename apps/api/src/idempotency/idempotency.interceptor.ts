import { invalidField } from '@chargebus/errors';
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom } from 'rxjs';
import type { Observable } from 'rxjs';
import { routeOf } from '../http/route-of';
import { fingerprintOf, IdempotencyService } from './idempotency.service';

const REPLAYED = 'idempotency-replayed';
const KEY = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** On every POST whose key is kept here (`idempotency: 'stored'` of its contract); without a key it does nothing. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly service: IdempotencyService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const key = request.headers['idempotency-key'];
    const { caller } = request.exchange;
    if (key === undefined || caller === null) return next.handle();
    if (typeof key !== 'string' || !KEY.test(key)) throw malformedKey();
    const [path = '', query = ''] = (request.raw.url ?? '').split('?');
    const ref = {
      tenantId: caller.tenantId,
      clientId: caller.clientId,
      route: `${request.method} ${path.replace(/^\/api\/v1\/third\//, '/api/third/').replace(/\/$/, '')}`,
      key,
    };
    const work = () => lastValueFrom<unknown>(next.handle());
    return from(
      this.service.once(ref, fingerprintOf(query, request.body), work).then(({ data, replayed }) => {
        if (replayed) {
          request.exchange.route = routeOf(context) ?? null;
          http.getResponse<FastifyReply>().header(REPLAYED, 'true');
        }
        return data;
      }),
    );
  }
}

const malformedKey = (): Error =>
  invalidField('idempotency-key', 'must be 1 to 200 characters, none of them a control character');
