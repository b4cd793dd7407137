// A collection for Postman and what reads its format, from the OpenAPI documents; every request signs itself.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { promisify } from 'node:util';
import converter from 'openapi-to-postmanv2';

const SIGN = new URL('./postman/sign.js', import.meta.url);
const OPTIONS = {
  folderStrategy: 'Tags',
  requestNameSource: 'Fallback', // the summary
  parametersResolution: 'Example',
  enableOptionalParameters: false,
  includeAuthInfoInExample: false,
  schemaFaker: false,
};
const VARIABLES = [
  { key: 'baseUrl', value: 'http://127.0.0.1:3000' },
  { key: 'apiKey', value: '' },
  { key: 'apiSecret', value: '', type: 'secret' },
];

/** @param {Record<string, string>} contract the OpenAPI documents by path in the repository */
export async function postmanCollections(contract) {
  const surfaces = ['third', 'internal'];
  const texts = await Promise.all(
    surfaces.map((surface) => collectionOf(contract[`docs/generated/openapi-${surface}.json`])),
  );
  return Object.fromEntries(
    surfaces.map((surface, at) => [`docs/generated/chargebus-${surface}.postman_collection.json`, texts[at]]),
  );
}

async function collectionOf(document) {
  const openApi = withoutSecurity(JSON.parse(document));
  for (const path of Object.values(openApi.paths)) for (const operation of Object.values(path)) settle(operation);
  const { result, reason, output } = await promisify(converter.convertV2)({ type: 'json', data: openApi }, OPTIONS);
  if (!result) throw new Error(`no collection: ${reason}`);
  const collection = output[0].data;
  collection.variable = VARIABLES;
  collection.event = [
    {
      listen: 'prerequest',
      script: { type: 'text/javascript', exec: fs.readFileSync(SIGN, 'utf8').trimEnd().split('\n') },
    },
  ];
  return `${JSON.stringify(withFixedIds(collection), null, 1)}\n`;
}

/** The script signs; Postman's own authorisation would add headers of its own. */
function withoutSecurity({ security: _all, components: { securitySchemes: _schemes, ...components }, ...rest }) {
  return { ...rest, components };
}

/** The converter makes values up where there is no example, and a copy of the request for every answer. */
function settle(operation) {
  operation.responses = Object.fromEntries(
    Object.entries(operation.responses).filter(([status]) => Number(status) < 400),
  );
  for (const parameter of operation.parameters ?? [])
    parameter.example ??=
      parameter.name === 'Idempotency-Key'
        ? '{{$guid}}'
        : (parameter.schema.default ?? parameter.schema.enum?.[0] ?? '');
}

/** The converter draws ids at random; the same document must give the same file. */
function withFixedIds(collection) {
  let count = 0;
  const idOf = () => {
    const digits = createHash('sha256')
      .update(`${collection.info.name} ${(count += 1)}`)
      .digest('hex');
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
  };
  const fixed = (node) => {
    if (Array.isArray(node)) return node.map(fixed);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, value]) => [
        name,
        (name === 'id' || name === '_postman_id') && typeof value === 'string' ? idOf() : fixed(value),
      ]),
    );
  };
  return fixed(collection);
}
