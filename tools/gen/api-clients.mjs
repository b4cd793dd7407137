// The types of libs/api-client, from the OpenAPI documents.
import openapiTypescript, { astToString } from 'openapi-typescript';

const HEADER = '// Made by `npm run gen`; do not edit.\n\n';

/** @param {Record<string, string>} contract the OpenAPI documents by path in the repository */
export async function apiClientTypes(contract) {
  const surfaces = ['third', 'internal'];
  const texts = await Promise.all(
    surfaces.map((surface) => typesOf(JSON.parse(contract[`docs/generated/openapi-${surface}.json`]))),
  );
  return Object.fromEntries(
    surfaces.map((surface, at) => [`libs/api-client/src/generated/${surface}.ts`, HEADER + texts[at]]),
  );
}

async function typesOf(document) {
  for (const path of Object.values(document.paths)) for (const operation of Object.values(path)) slim(operation);
  return astToString(await openapiTypescript(withoutExamples(document), { defaultNonNullable: false }));
}

/** A client tells failures apart by `error`, not by their status: one type for all of them. */
function slim(operation) {
  if (operation.responses === undefined) return;
  const entries = Object.entries(operation.responses);
  const succeeded = entries.filter(([status]) => Number(status) < 400);
  const failed = entries.find(([status]) => Number(status) >= 400)?.[1];
  operation.responses = Object.fromEntries([
    ...succeeded,
    ...(failed === undefined ? [] : [['default', { ...failed, description: 'A failure' }]]),
  ]);
  for (const response of Object.values(operation.responses)) delete response.headers;
}

function withoutExamples(node) {
  if (Array.isArray(node)) return node.map(withoutExamples);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name, value]) => !((name === 'example' || name === 'examples') && !isSchema(value)))
      .map(([name, value]) => [name, withoutExamples(value)]),
  );
}
/** A property that happens to be called so. */
const isSchema = (value) => typeof value === 'object' && value !== null && ('type' in value || '$ref' in value);
