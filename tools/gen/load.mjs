// What the documents are derived from: the built packages.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../lib/workspace.mjs';

const require = createRequire(import.meta.url);

export const { z } = require('zod');
export const { PUBLIC_EVENTS, asyncApiDocument } = require('@chargebus/events');
export const { listErrors } = require('@chargebus/errors');
const { isSecret } = require('@chargebus/config');

/** Every app that has a configuration, with its settings in the order of declaration. */
export const apps = fs
  .readdirSync(path.join(root, 'apps'))
  .filter((name) => fs.existsSync(path.join(root, 'apps', name, 'src', 'config.ts')))
  .sort()
  .map((name) => {
    const { configDefinition } = require(path.join(root, 'apps', name, 'dist', 'config.js'));
    return {
      name,
      settings: Object.entries(configDefinition.schema.shape).map(([key, schema]) => setting(key, schema)),
    };
  });

/** @typedef {{key: string, secret: boolean, required: boolean, default: unknown, accepts: string, about: string}} Setting */
function setting(key, schema) {
  const fallback = schema.safeParse(undefined);
  const secret = isSecret(schema);
  return {
    key,
    secret,
    required: !fallback.success,
    default: fallback.success ? fallback.data : undefined,
    accepts: secret ? 'secret' : accepts(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })),
    about: schema.description ?? schema.meta()?.description ?? '',
  };
}

function accepts({ type, enum: values, minimum, maximum, anyOf, format }) {
  if (values !== undefined) return values.join(', ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(accepts))].join(' or ');
  if (type === 'array') return 'comma-separated list';
  if (type !== 'integer' && type !== 'number') return format ?? type ?? 'text';
  const whole = type === 'integer' ? 'whole number' : 'number';
  const top = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  const bottom = minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  if (bottom !== undefined && top !== undefined) return `${whole}, ${bottom} to ${top}`;
  return bottom === undefined ? whole : `${whole}, ${bottom} or more`;
}

/** How a default is written in an environment variable; '' when it is empty or there is none. */
export const asText = (value) => {
  if (value === undefined || value === null) return '';
  return Array.isArray(value) ? value.join(',') : String(value);
};
export const GENERATED = '<!-- Made by `npm run gen`; do not edit. -->\n';
export const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');
