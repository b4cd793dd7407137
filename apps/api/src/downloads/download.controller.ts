import path from 'node:path';
import { Readable } from 'node:stream';
import { DownloadNotFound, LinkExpired, LinkForged, RangeNotSatisfiable } from '@chargebus/errors';
import type { BlobInfo, BlobStore } from '@chargebus/messaging';
import { SignedLink } from '@chargebus/security';
import type { LinkedBlob } from '@chargebus/security';
import { Controller, Get, Head, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Blobs } from './blobs';
import { byteRangeOf, slice } from './byte-range';
import type { ByteRange } from './byte-range';

type LinkQuery = Readonly<Partial<Record<'expires' | 'signature', unknown>>>;

/** Label of a blob: the name under which a browser saves it. */
const FILENAME_LABEL = 'filename';
const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.jsonl': 'application/x-ndjson',
  '.json': 'application/json',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.gz': 'application/gzip',
};

/**
 * The one open door to bytes: whoever holds a link that we signed gets the blob until the link expires. For devices that
 * cannot sign (firmware) and browsers (exports, archives), so it has no envelope but answers failures in it.
 */
@Controller()
export class DownloadController {
  constructor(
    private readonly links: SignedLink,
    private readonly blobs: Blobs,
  ) {}

  /** For devices that ask for the size first. Registered before GET, which would bring a HEAD of its own that reads all. */
  @Head('/api/downloads/:name')
  async head(
    @Param('name') name: string,
    @Query() query: LinkQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { blob, bucket } = await this.open(name, query);
    const info = found(await bucket.info(blob.file), name);
    describe(reply, blob, info, rangeOf(request, reply, info));
    await reply.send();
  }

  @Get('/api/downloads/:name')
  async get(
    @Param('name') name: string,
    @Query() query: LinkQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { blob, bucket } = await this.open(name, query);
    const { info, bytes } = found(await bucket.get(blob.file), name);
    const range = rangeOf(request, reply, info);
    describe(reply, blob, info, range);
    await reply.send(range === null ? bytes : Readable.from(slice(bytes, range), { objectMode: false }));
  }

  private async open(name: string, query: LinkQuery): Promise<{ blob: LinkedBlob; bucket: BlobStore }> {
    const opening = this.links.open(
      { name, expires: text(query.expires), signature: text(query.signature) },
      new Date(),
    );
    if ('blob' in opening) return { blob: opening.blob, bucket: await this.blobs.bucket(opening.blob.bucket) };
    throw opening.refused === 'expired' ? new LinkExpired({ name }) : new LinkForged();
  }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function found<T>(value: T | null, name: string): T {
  if (value === null) throw new DownloadNotFound({ name });
  return value;
}

/** What part is asked for; null: all of it, also when `If-Range` names bytes that are no longer those of the blob. */
function rangeOf(request: FastifyRequest, reply: FastifyReply, info: BlobInfo): ByteRange | null {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etagOf(info)) return null;
  const range = byteRangeOf(request.headers.range, info.sizeBytes);
  if (range !== 'unsatisfiable') return range;
  void reply.header('content-range', `bytes */${info.sizeBytes.toString()}`);
  throw new RangeNotSatisfiable({ sizeBytes: info.sizeBytes });
}

const etagOf = (info: BlobInfo): string => `"${info.sha256}"`;

function describe(reply: FastifyReply, blob: LinkedBlob, info: BlobInfo, range: ByteRange | null): void {
  const filename = (info.labels[FILENAME_LABEL] ?? blob.file).replace(/[^A-Za-z0-9._ -]/g, '_');
  const length = range === null ? info.sizeBytes : range.last - range.first + 1;
  void reply
    .status(range === null ? 200 : 206)
    .header('content-type', TYPES[path.extname(filename)] ?? 'application/octet-stream')
    .header('content-length', length)
    .header('content-disposition', `attachment; filename="${filename}"`)
    .header('cache-control', 'private, no-store') // a proxy would hand it out after the link has expired
    .header('x-content-type-options', 'nosniff')
    .header('accept-ranges', 'bytes')
    .header('etag', etagOf(info))
    .header('repr-digest', `sha-256=:${Buffer.from(info.sha256, 'hex').toString('base64')}:`);
  if (range !== null)
    void reply.header(
      'content-range',
      `bytes ${range.first.toString()}-${range.last.toString()}/${info.sizeBytes.toString()}`,
    );
}
