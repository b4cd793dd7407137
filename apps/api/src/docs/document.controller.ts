import { openApiDocument } from '@chargebus/api-contract';
import type { Json } from '@chargebus/api-contract';
import { Controller, Get } from '@nestjs/common';

/** One OpenAPI document per surface (D16, D17). */
@Controller()
export class DocumentController {
  private readonly documents = { third: openApiDocument('third'), internal: openApiDocument('internal') };

  @Get('/api/docs/third.json')
  third(): Json {
    return this.documents.third;
  }

  @Get('/api/docs/internal.json')
  internal(): Json {
    return this.documents.internal;
  }
}
