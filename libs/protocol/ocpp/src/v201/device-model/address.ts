import type { Component, Variable } from '../messages';

export type Attribute = 'Actual' | 'Target' | 'MinSet' | 'MaxSet';

/** Names one variable of a station's device model (page §4.3); `attribute` null: `Actual`. */
export interface VariableAddress {
  readonly component: Component;
  readonly variable: Variable;
  readonly attribute: Attribute | null;
}

/** `Name`, `Name[instance]`, `Name[instance]@evse:connector`. */
const COMPONENT = /^([^.[\]@#]{1,50})(?:\[([^[\]]{1,50})\])?(?:@(\d{1,6})(?::(\d{1,6}))?)?$/;
/** `Name`, `Name[instance]`, `Name[instance]#Target`. */
const VARIABLE = /^([^.[\]@#]{1,50})(?:\[([^[\]]{1,50})\])?(?:#(Actual|Target|MinSet|MaxSet))?$/;

/** RangeError for what is no component. */
export function parseComponent(text: string): Component {
  const [, name, instance, evse, connector] = COMPONENT.exec(text) ?? [];
  if (name === undefined) throw new RangeError(`${text.slice(0, 60)} is no component`);
  return {
    name,
    ...(instance !== undefined && { instance }),
    ...(evse !== undefined && {
      evse: { id: Number(evse), ...(connector !== undefined && { connectorId: Number(connector) }) },
    }),
  };
}

/** `Component.Variable` in the spellings above. RangeError for anything else. */
export function parseAddress(text: string): VariableAddress {
  const dot = dotOutsideBrackets(text);
  const [, name, instance, attribute] = dot < 0 ? [] : (VARIABLE.exec(text.slice(dot + 1)) ?? []);
  if (name === undefined) throw new RangeError(`${text.slice(0, 60)} is not Component.Variable`);
  return {
    component: parseComponent(text.slice(0, dot)),
    variable: { name, ...(instance !== undefined && { instance }) },
    attribute: (attribute as Attribute | undefined) ?? null,
  };
}

export function formatAddress(
  component: Component,
  variable: Variable | undefined,
  attribute?: Attribute | null,
): string {
  const { evse } = component;
  const place = evse === undefined ? '' : `@${evse.id}${evse.connectorId === undefined ? '' : `:${evse.connectorId}`}`;
  const head = `${component.name}${bracketed(component.instance)}${place}`;
  if (variable === undefined) return head;
  const tail = attribute === undefined || attribute === null || attribute === 'Actual' ? '' : `#${attribute}`;
  return `${head}.${variable.name}${bracketed(variable.instance)}${tail}`;
}
const bracketed = (instance: string | undefined): string => (instance === undefined ? '' : `[${instance}]`);

/** Instances may have dots in them. -1: there is none. */
function dotOutsideBrackets(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '[') depth++;
    else if (text[i] === ']') depth--;
    else if (text[i] === '.' && depth === 0) return i;
  }
  return -1;
}

/** Two addresses name the same variable: names are case-insensitive, and stations echo them in their own spelling. */
export const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
