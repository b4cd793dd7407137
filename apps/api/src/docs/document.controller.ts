import { readFileSync } from 'node:fs';
import path from 'node:path';
import { API_VERSION, openApiDocument } from '@chargebus/api-contract';
import type { Json } from '@chargebus/api-contract';
import { asyncApiDocument } from '@chargebus/events';
import { Controller, Get, Header, NotFoundException, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { documentPage } from './document-page';

/** The files of swagger-ui that the page loads. */
const ASSET_TYPES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-standalone-preset.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const assetFolder = path.dirname(require.resolve('swagger-ui-dist/package.json'));

/** Made when somebody first asks: the schemas of all routes take a third of a second, which a start can do without. */
function onDemand<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** One OpenAPI document per surface and a page that shows them (D16, D17). */
@Controller()
export class DocumentController {
  private readonly thirdDocument = onDemand(() => openApiDocument('third'));
  private readonly internalDocument = onDemand(() => openApiDocument('internal'));
  private readonly eventDocument = onDemand(() => asyncApiDocument(API_VERSION));
  private readonly html = documentPage();

  @Get('/api/docs')
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return this.html;
  }

  @Get('/api/docs/third.json')
  third(): Json {
    return this.thirdDocument();
  }

  @Get('/api/docs/internal.json')
  internal(): Json {
    return this.internalDocument();
  }

  /** What webhooks and the live stream carry. */
  @Get('/api/docs/asyncapi.json')
  asyncApi(): Readonly<Record<string, unknown>> {
    return this.eventDocument();
  }

  @Get('/api/docs/assets/:file')
  async asset(@Param('file') file: string, @Res() reply: FastifyReply): Promise<void> {
    const type = Object.hasOwn(ASSET_TYPES, file) ? ASSET_TYPES[file] : undefined;
    if (type === undefined) throw new NotFoundException();
    await reply
      .header('content-type', type)
      .header('cache-control', 'public, max-age=3600')
      .send(readFileSync(path.join(assetFolder, file)));
  }
}
