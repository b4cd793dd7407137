// Validators of all OCPP payloads, compiled from the corrected official schemas: what a station sends is taken with the
// wider limits of the sets in circulation, what we send keeps to the narrower ones.
import Ajv from 'ajv';
import { _ } from 'ajv/dist/compile/codegen/index.js';
import standalone from 'ajv/dist/standalone/index.js';

const V16_FROM_STATION = [
  'Authorize',
  'BootNotification',
  'DataTransfer',
  'DiagnosticsStatusNotification',
  'FirmwareStatusNotification',
  'Heartbeat',
  'LogStatusNotification',
  'MeterValues',
  'SecurityEventNotification',
  'SignCertificate',
  'SignedFirmwareStatusNotification',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
];
const V201_FROM_STATION = [
  'Authorize',
  'BootNotification',
  'ClearedChargingLimit',
  'DataTransfer',
  'FirmwareStatusNotification',
  'Get15118EVCertificate',
  'GetCertificateStatus',
  'Heartbeat',
  'LogStatusNotification',
  'MeterValues',
  'NotifyChargingLimit',
  'NotifyCustomerInformation',
  'NotifyDisplayMessages',
  'NotifyEVChargingNeeds',
  'NotifyEVChargingSchedule',
  'NotifyEvent',
  'NotifyMonitoringReport',
  'NotifyReport',
  'PublishFirmwareStatusNotification',
  'ReportChargingProfiles',
  'ReservationStatusUpdate',
  'SecurityEventNotification',
  'SignCertificate',
  'StatusNotification',
  'TransactionEvent',
];
const UNITS_MET = ['Hertz', 'Hz']; // the schema has no unit of frequency, stations write one

export async function ocppValidators() {
  const folder = 'libs/protocol/ocpp/src/schemas/generated';
  const [v16, v201] = await Promise.all([
    import('typed-ocpp/dist/ocpp16/schemas.js'),
    import('typed-ocpp/dist/ocpp20/schemas.js'),
  ]);
  return {
    [`${folder}/v16.ts`]: moduleOf(v16, V16_FROM_STATION),
    [`${folder}/v201.ts`]: moduleOf(v201, V201_FROM_STATION),
  };
}

function moduleOf(schemas, fromStation) {
  const heard = (name) => fromStation.some((action) => `${action}Request` === name) || !isSpoken(name, fromStation);
  const ajv = new Ajv.default({
    strict: false,
    allErrors: true, // the first in the order of the document is looked for afterwards
    messages: false,
    multipleOfPrecision: 3, // 16.1 is a multiple of 0.1
    formats: { 'date-time': () => true, uri: () => true }, // checked by ours, see `code.formats`
    code: { source: true, esm: true, lines: false, optimize: 2, formats: _`formats` },
  });
  const { definitions } = Object.values(schemas)[0]; // the same object for all of them
  ajv.addSchema({ $id: 'heard', definitions: prepare(definitions, 'heard') });
  ajv.addSchema({ $id: 'spoken', definitions: prepare(definitions, 'spoken') });
  for (const [name, { definitions: _shared, ...schema }] of Object.entries(schemas))
    ajv.addSchema({ ...prepare(schema, heard(name) ? 'heard' : 'spoken', name), $id: name });
  const names = Object.keys(schemas);
  return toModule(standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name]))), names);
}
const isSpoken = (name, fromStation) =>
  name.endsWith('Response') ? fromStation.includes(name.slice(0, -'Response'.length)) : true;

/** Without what is only for people, and with the limits of its direction. */
function prepare(schema, direction, name = '') {
  const visit = (node, path, required) => {
    if (Array.isArray(node)) return node.map((item) => visit(item, path, required));
    if (node === null || typeof node !== 'object') return node;
    const entries = Object.entries(node).flatMap(([key, value]) => {
      if (['$id', '$schema', 'title', 'comment', 'javaType', 'default'].includes(key) && typeof value !== 'object')
        return [];
      if (key === 'description' && typeof value === 'string') return [];
      if (key === '$ref') return [[key, value.replace(/^#/, `${direction}#`)]];
      if (key === 'minItems' && direction === 'heard' && !required) return []; // an empty list for "none"
      if (key !== 'properties') return [[key, visit(value, path, required)]];
      const properties = Object.entries(value).map(([property, inner]) => {
        const adjusted = adjust(direction, name, property, inner);
        return [property, visit(adjusted, [...path, property], node.required?.includes(property) ?? false)];
      });
      return [[key, Object.fromEntries(properties)]];
    });
    return Object.fromEntries(entries);
  };
  return visit(schema, [], true);
}

/** Where sets in circulation differ, and what stations are known to send (protocols/ocpp.md §2.3, §2.6). */
function adjust(direction, name, property, schema) {
  if (direction === 'spoken') {
    if (name === 'ChangeConfigurationRequest' && property === 'value') return { ...schema, maxLength: 500 };
    if (property === 'exiResponse') return { ...schema, maxLength: 5600 };
    return schema;
  }
  if (property === 'exiResponse') return { ...schema, maxLength: 7500 };
  if (property === 'unit' && schema.enum?.includes('kvarh')) return { ...schema, enum: [...schema.enum, ...UNITS_MET] };
  if (['meterStart', 'meterStop'].includes(property)) return { ...schema, type: 'number' };
  if (property === 'sampledValue' && schema.items?.properties?.value?.type === 'string') {
    const { properties } = schema.items;
    return {
      ...schema,
      items: { ...schema.items, properties: { ...properties, value: { type: ['string', 'number'] } } },
    };
  }
  return schema;
}

function toModule(code, names) {
  const body = code
    .replace('"use strict";', '')
    .replaceAll(/export const \w+ = validate\d+;/g, '')
    .replaceAll('require("ajv/dist/runtime/ucs2length").default', 'ucs2length')
    .replaceAll(/\/\*# sourceURL="\w+" \*\/;?/g, '')
    .replaceAll(/schemaPath:"[^"]*",/g, '')
    .replaceAll(/(?=function validate\d+\()/g, '\n');
  const validatorOf = Object.fromEntries(
    [...code.matchAll(/export const (\w+) = (validate\d+);/g)].map(([, k, v]) => [k, v]),
  );
  return [
    '// @ts-nocheck',
    '// Generated by tools/gen/ocpp-validators.mjs from the schemas of typed-ocpp. Do not edit: npm run gen.',
    "import { default as ucs2length } from 'ajv/dist/runtime/ucs2length';",
    "import { formats } from '../formats';",
    "import type { Validators } from '../validator';",
    withoutUnusedSchemas(body).trim(),
    'export const validators: Validators = {',
    ...names.map((name) => `  ${name}: ${validatorOf[name]},`),
    '};',
    '',
  ].join('\n');
}

/** The generator keeps every schema; only their enumerations are read. */
function withoutUnusedSchemas(body) {
  const uses = new Map();
  for (const [name] of body.matchAll(/\bschema\d+\b/g)) uses.set(name, (uses.get(name) ?? 0) + 1);
  return body.replaceAll(/const (schema\d+) = \{.*?\};(?=const |\n|function |$)/g, (all, name) =>
    uses.get(name) === 1 ? '' : all,
  );
}
