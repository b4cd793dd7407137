import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { ROUTES } from '@chargebus/api-contract';
import { BodyMalformed, HeadersTooLarge, UrlMalformed } from '@chargebus/errors';
import type { Language } from '@chargebus/errors';
import type { Logger } from '@chargebus/observability';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { auditEntries } from '../audit/audit-entry';
import type { AuditLog } from '../audit/audit-log';
import { changesDevices } from '../devices/shared-answers';
import type { ApiMetrics } from '../metrics';
import type { News } from '../news';
import type { RequestLog } from '../request-log/request-log';
import { nestPaths } from './endpoint.decorator';
import { CallWatch, isLiveStream } from './call-end';
import type { CallEnd } from './call-end';
import { envelope } from './envelope';
import { newExchange } from './exchange';
import { failure } from './failure';
import { acceptOtherBodies, isUpload } from './other-bodies';
import type { OtherBodies } from './other-bodies';
import { preferredLanguage } from './language';
import { requestIdOf } from './request-id';

/** A year: browsers come back over TLS only. */
const HSTS = 'max-age=31536000';

export interface HttpOptions {
  readonly bodyLimitBytes: number;
  readonly trustedProxies: readonly string[];
  readonly defaultLanguage: Language;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null; // null: plain, behind a proxy that speaks TLS
}

/** Fastify as this app wants it: own request ids, raw bodies, failures in the envelope even where Nest is not asked. */
export function createAdapter({ bodyLimitBytes, trustedProxies, defaultLanguage, tls }: HttpOptions): FastifyAdapter {
  return new FastifyAdapter({
    ...(tls === null ? {} : { https: { ...tls, minVersion: 'TLSv1.2' } }),
    bodyLimit: bodyLimitBytes,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    requestIdHeader: false,
    genReqId: (raw: IncomingMessage) => requestIdOf(raw.headers['x-request-id']),
    requestTimeout: 30_000, // to receive a request; a slow sender does not hold a connection for ever
    keepAliveTimeout: 72_000, // longer than the usual proxy's, so that the proxy closes first
    forceCloseConnections: 'idle',
    return503OnClosing: false, // calls under way at a stop are answered, with `Connection: close`
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      const language = preferredLanguage(request.headers['accept-language'], defaultLanguage);
      void reply
        .status(400)
        .header('x-request-id', request.id)
        .send(failure(new UrlMalformed(), language, request.id));
    },
    clientErrorHandler: (error: Error & { code?: string }, socket: Socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy();
        return;
      }
      const refusal = error.code === 'HPE_HEADER_OVERFLOW' ? new HeadersTooLarge() : new BodyMalformed();
      const requestId = requestIdOf(undefined);
      const body = JSON.stringify(failure(refusal, defaultLanguage, requestId));
      socket.end(
        `HTTP/1.1 ${refusal.definition.status.toString()} Bad Request\r\nConnection: close\r\nX-Request-Id: ${requestId}\r\n` +
          `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body).toString()}\r\n\r\n${body}`,
      );
    },
  });
}

interface Observers {
  readonly logger: Pick<Logger, 'error'>;
  readonly metrics: ApiMetrics;
  readonly log: RequestLog;
  readonly audit: AuditLog;
  readonly others: OtherBodies;
  /** Who calls, as far as the headers tell; throws for strangers. */
  readonly screen: (request: FastifyRequest) => Promise<unknown>;
  readonly news: Pick<News, 'tell'>;
}
/** A body that is longer, or does not say how long it is, is read only of callers who are known. */
const READ_OF_ANYBODY_BYTES = 65_536;
const BODY_LIMITS: ReadonlyMap<string, number> = new Map(
  ROUTES.flatMap((route) =>
    route.bodyLimitBytes === null ? [] : nestPaths(route).map((path) => [path, route.bodyLimitBytes ?? 0] as const),
  ),
);

/** Before Nest registers its routes: the parser of bodies and the hooks around every call. */
export function prepare(
  fastify: FastifyInstance,
  { logger, metrics, log, audit, others, screen, news }: Observers,
): void {
  const over = (request: FastifyRequest, end: CallEnd): void => {
    const { method, exchange, routeOptions } = request;
    const route = routeOptions.url ?? 'unknown';
    if (!isLiveStream(request)) metrics.requests.observe({ method, route, status: end.status }, end.durationMs / 1000);
    if (end.failure !== null) logger.error({ err: end.failure, request_id: request.id, route }, 'an answer broke off');
    exchange.leave?.();
    log.add(request, end);
  };
  fastify.removeAllContentTypeParsers();
  // The signature covers the bytes as sent, so the body stays raw until it is verified.
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  acceptOtherBodies(fastify, others);
  fastify.decorateRequest('exchange', null as never);
  fastify.addHook('onRequest', (request, reply, done) => {
    request.exchange = newExchange();
    request.exchange.watch = new CallWatch(request, reply, (end) => {
      over(request, end);
    });
    reply.header('x-request-id', request.id);
    if (request.protocol === 'https') reply.header('strict-transport-security', HSTS);
    done();
  });
  fastify.addHook('preParsing', async (request, _reply, payload) => {
    const declared = Number(request.headers['content-length'] ?? Infinity);
    const isLarge = hasBody(request) && !(declared <= READ_OF_ANYBODY_BYTES);
    if (isLarge && !isUpload(request)) await screen(request);
    return payload;
  });
  fastify.addHook('onRoute', (route) => {
    const limit = BODY_LIMITS.get(route.url);
    if (limit !== undefined) route.bodyLimit = limit;
  });
  fastify.addHook('preSerialization', (request, reply, payload, done) => {
    const { route, answer, accepted } = request.exchange;
    if (accepted || (answer === undefined && route?.goesOn?.(payload) === true)) reply.status(202);
    done(null, envelope(request.exchange, payload));
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const { admitted } = request.exchange;
    if (admitted !== null && changesDevices(admitted)) news.tell('devices');
    const send = (): void => {
      request.exchange.watch?.answers(payload);
      done(null, payload);
    };
    const recorded = audit.record(auditEntries(request, reply, Date.now()));
    if (recorded === null) send();
    else void recorded.then(send);
  });
}

const hasBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined;
