import { GENERATED, PUBLIC_EVENTS, asyncApiDocument, table, z } from './load.mjs';

const schemaOf = (schema) => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
};
const byType = [...PUBLIC_EVENTS].sort((a, b) => a.type.localeCompare(b.type));

/** docs/generated/events.md: what integrators can subscribe to. */
export function eventsPage() {
  const sections = byType.map((event) => {
    const { properties = {}, required = [] } = schemaOf(event.data);
    const rows = Object.entries(properties).map(([name, field]) => [
      `\`${name}\``,
      typeName(field),
      required.includes(name) ? '' : 'optional',
    ]);
    return [
      `## ${event.type}`,
      `${event.title}. Version ${event.version}.`,
      table(['Field', 'Type', ''], rows),
      `\`\`\`json\n${JSON.stringify(event.example, null, 2)}\n\`\`\`\n`,
    ].join('\n\n');
  });
  const intro =
    'The events inside the system, as they travel on stream EVENTS. What a webhook receives is made from them by the ' +
    'payload version of its endpoint.';
  return `${GENERATED}\n# Events\n\n${intro}\n\n${sections.join('\n')}`;
}

function typeName({ type, enum: values, const: constant, anyOf, format, items, minimum, maximum }) {
  if (values !== undefined) return values.map((value) => `\`${value}\``).join(' ');
  if (constant !== undefined) return `\`${constant}\``;
  if (anyOf !== undefined) return [...new Set(anyOf.map(typeName))].join(' or ');
  if (Array.isArray(type)) return type.join(' or ');
  if (type === 'array') return `list of ${typeName(items ?? {})}`;
  if (type !== 'number' && type !== 'integer') return format ?? type ?? 'any';
  const limits = [minimum, maximum].filter(
    (limit) => limit !== undefined && Math.abs(limit) !== Number.MAX_SAFE_INTEGER,
  );
  return limits.length === 2 ? `${type}, ${limits[0]} to ${limits[1]}` : type;
}

/** docs/generated/asyncapi.json: what integrators receive, in AsyncAPI 3.0. */
export const asyncApi = (version) => `${JSON.stringify(asyncApiDocument(version), null, 2)}\n`;
