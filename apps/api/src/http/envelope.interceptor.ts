import { listing, success } from '@chargebus/api-contract';
import type { Page } from '@chargebus/requests';
import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { routeOf } from './endpoint.decorator';

/** Puts what a handler of the contract answers into the success envelope (D05, D10, D11). */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (routeOf(context) === undefined) return next.handle();
    const { exchange } = context.switchToHttp().getRequest<FastifyRequest>();
    return next.handle().pipe(
      map((result) => {
        exchange.answer = exchange.page === null ? success(result) : listing(result as Page<unknown>, exchange.page);
        return exchange.answer;
      }),
    );
  }
}
