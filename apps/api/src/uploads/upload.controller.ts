import { Readable } from 'node:stream';
import { BodyTooLarge, LinkExpired, LinkForged } from '@chargebus/errors';
import { Bus } from '@chargebus/messaging';
import { BeginLogUpload, FinishLogUpload } from '@chargebus/requests';
import { UploadLink } from '@chargebus/security';
import { Controller, HttpCode, Param, Post, Put, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Blobs } from '../downloads/blobs';

const LOG_BUCKET = 'device-logs';
const MAX_NAME = 100;

/**
 * Takes the file that a device was asked for, at an address that it got for it: open once, until it expires. Devices have no
 * credentials here, some PUT and some POST, and most add the name of their file to the address.
 */
@Controller()
export class UploadController {
  constructor(
    private readonly bus: Bus,
    private readonly blobs: Blobs,
    private readonly links: UploadLink,
  ) {}

  @Put('/api/uploads/:token')
  @HttpCode(200)
  put(@Param('token') token: string, @Req() request: FastifyRequest): Promise<object> {
    return this.take(token, null, request);
  }
  @Post('/api/uploads/:token')
  @HttpCode(200)
  post(@Param('token') token: string, @Req() request: FastifyRequest): Promise<object> {
    return this.take(token, null, request);
  }
  @Put('/api/uploads/:token/:file')
  @HttpCode(200)
  putNamed(
    @Param('token') token: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    return this.take(token, file, request);
  }
  @Post('/api/uploads/:token/:file')
  @HttpCode(200)
  postNamed(
    @Param('token') token: string,
    @Param('file') file: string,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    return this.take(token, file, request);
  }

  private async take(token: string, file: string | null, request: FastifyRequest): Promise<object> {
    const opening = this.links.open(token, new Date());
    if ('refused' in opening)
      throw opening.refused === 'expired' ? new LinkExpired({ name: 'upload' }) : new LinkForged();
    const { uploadId } = opening;
    const { blob, maxBytes } = await this.bus.ask(BeginLogUpload, { uploadId });
    const fileName = file === null ? null : file.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, MAX_NAME);
    const bucket = await this.blobs.bucket(LOG_BUCKET);
    const labels: Readonly<Record<string, string>> = fileName === null ? {} : { filename: fileName };
    const { sizeBytes, sha256 } = await bucket.put(blob, atMost(bytesOf(request), maxBytes), labels);
    await this.bus.ask(FinishLogUpload, { uploadId, fileName, sizeBytes, sha256 });
    return {};
  }
}

/** What is sent, as it comes; small JSON has been read already. */
function bytesOf({ body }: FastifyRequest): AsyncIterable<Uint8Array> {
  if (body instanceof Readable) return body;
  return Readable.from(body instanceof Uint8Array ? [body] : []);
}

async function* atMost(source: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > maxBytes) throw new BodyTooLarge({ limitBytes: maxBytes });
    yield chunk;
  }
}
