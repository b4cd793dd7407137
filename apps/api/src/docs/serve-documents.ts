import { SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { BROWSER_SIGNER } from './browser-signer';

/** What the page shows until it has loaded the documents that `DocumentController` serves. */
const NOTHING: OpenAPIObject = { openapi: '3.1.0', info: { title: 'Chargebus', version: '' }, paths: {} };

/** The documents as a page at /api/docs; its "Execute" signs calls in the browser. */
export function serveDocuments(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, NOTHING, {
    raw: false,
    explorer: true,
    customSiteTitle: 'Chargebus API',
    customJsStr: BROWSER_SIGNER,
    swaggerOptions: {
      urls: [
        { url: '/api/docs/third.json', name: 'Integrators' },
        { url: '/api/docs/internal.json', name: 'Operators' },
      ],
      docExpansion: 'list',
      requestInterceptor: 'chargebusSign',
    },
  });
}
