// All generated files: path in the repository → text. The same sources give the same bytes.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../lib/workspace.mjs';
import { acceptancePage } from './acceptance-page.mjs';
import { adrIndex } from './adr-index.mjs';
import { apiClientTypes } from './api-clients.mjs';
import { configPage, envExample } from './config-documents.mjs';
import { errorsPage } from './errors-page.mjs';
import { asyncApi, eventsPage } from './event-documents.mjs';
import { ocppValidators } from './ocpp-validators.mjs';
import { parametersPage } from './parameters-page.mjs';
import { postmanCollections } from './postman-collection.mjs';
import { protocolMatrix } from './protocol-matrix.mjs';

export async function documents() {
  const { generatedDocuments } = createRequire(import.meta.url)('@chargebus/api-contract');
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const contract = generatedDocuments();
  return {
    '.env.example': envExample(),
    'docs/adr/README.md': adrIndex(),
    'docs/errors.md': errorsPage(),
    'docs/generated/acceptance.md': acceptancePage(),
    'docs/generated/asyncapi.json': asyncApi(version),
    'docs/generated/config.md': configPage(),
    'docs/generated/events.md': eventsPage(),
    'docs/generated/parameters.md': parametersPage(),
    'docs/protocols/matrix.md': protocolMatrix(),
    ...contract, // OpenAPI
    ...(await apiClientTypes(contract)),
    ...(await postmanCollections(contract)),
    ...(await ocppValidators()),
  };
}
