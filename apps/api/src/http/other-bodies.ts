import { BodyTooLarge, QueueFull, UnsupportedMediaType } from '@chargebus/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface OtherBodies {
  /** Of bytes that a call of the contract carries. */
  readonly maxBytes: number;
}
const UPLOADS = '/api/uploads/';
const FIRMWARE = /^\/api\/(v1\/)?third\/firmware$/;
const BYTES = /^application\/octet-stream\s*(;|$)/i;
/** Such bodies lie in memory until their signature is verified, so only so many at a time. */
const AT_ONCE = 4;

/**
 * Bodies that are no JSON: what devices bring streams on to its handler; an uploaded image is read whole, because the
 * signature of the call covers it; nothing else takes any.
 */
export function acceptOtherBodies(fastify: FastifyInstance, { maxBytes }: OtherBodies): void {
  let reading = 0;
  fastify.addContentTypeParser('*', async (request: FastifyRequest, payload: AsyncIterable<Buffer>) => {
    const contentType = request.headers['content-type'] ?? 'none';
    if (request.routeOptions.url?.startsWith(UPLOADS) === true) return payload;
    if (!FIRMWARE.test(request.routeOptions.url ?? '') || !BYTES.test(contentType))
      throw new UnsupportedMediaType({ contentType });
    if (reading >= AT_ONCE) throw new QueueFull();
    reading++;
    try {
      return await readWhole(request, payload, maxBytes);
    } finally {
      reading--;
    }
  });
}

async function readWhole(request: FastifyRequest, payload: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const tooLarge = () => new BodyTooLarge({ limitBytes: maxBytes });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}
