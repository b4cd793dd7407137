import { ROUTES } from '@chargebus/api-contract';
import type { Route } from '@chargebus/api-contract';
import { BodyTooLarge, QueueFull, UnsupportedMediaType } from '@chargebus/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { nestPaths } from './endpoint.decorator';
import { mediaTypeOf } from './media-type';

export interface OtherBodies {
  /** Of bytes that a call of the contract carries, where its route does not say. */
  readonly maxBytes: number;
}
const UPLOADS = '/api/uploads/';
/** What devices bring: the address itself is the permission. */
export const isUpload = ({ routeOptions: { url } }: FastifyRequest): boolean => url?.startsWith(UPLOADS) === true;
/** Such bodies lie in memory until their signature is verified, so only so many at a time, of callers who are known. */
const AT_ONCE = 4;

const takesOther = (route: Route): boolean =>
  route.contentType !== 'application/json' || Object.keys(route.texts).length > 0;
const TAKERS: ReadonlyMap<string, Route> = new Map(
  ROUTES.filter(takesOther).flatMap((route) => nestPaths(route).map((path) => [path, route] as const)),
);

/**
 * Bodies that are no JSON: what devices bring streams on to its handler; images and files of rows are read whole, because
 * the signature of the call covers them; nothing else takes any.
 */
export function acceptOtherBodies(fastify: FastifyInstance, { maxBytes }: OtherBodies): void {
  let reading = 0;
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    const contentType = request.headers['content-type'] ?? 'none';
    if (isUpload(request)) return payload;
    const route = TAKERS.get(request.routeOptions.url ?? '');
    const mediaType = mediaTypeOf(contentType);
    if (route === undefined || (route.contentType !== mediaType && route.texts[mediaType] === undefined))
      throw new UnsupportedMediaType({ contentType });
    if (reading >= AT_ONCE) throw new QueueFull();
    reading++;
    try {
      return await readWhole(request, payload, route.bodyLimitBytes ?? maxBytes);
    } finally {
      reading--;
    }
  });
}

/** Who sends a little too much is heard to the end: a connection that is closed meanwhile loses the answer. */
async function readWhole(request: FastifyRequest, payload: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new BodyTooLarge({ limitBytes: maxBytes });
  const heardBytes = 2 * maxBytes;
  if (Number(request.headers['content-length'] ?? 0) > heardBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload) {
    length += chunk.length;
    if (length > heardBytes) throw tooLarge();
    if (length <= maxBytes) chunks.push(chunk);
  }
  if (length > maxBytes) throw tooLarge();
  return Buffer.concat(chunks, length);
}
