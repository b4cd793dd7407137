import { findParameter } from './dictionary';
import type { ParameterValue } from './parameter';
import { normalValue, valueProblem } from './values';

/** A number, or `{{name}}` for a variable. */
export type TemplateNumber = number | string;
export type TemplateValue = TemplateNumber | readonly [TemplateNumber, TemplateNumber];
export type TemplateValues = Readonly<Record<string, TemplateValue>>;

/** What a variable can depend on, the most particular first. */
export const VARIABLE_KEYS = ['device', 'station', 'region', 'model', 'type', 'protocol'] as const;
export type VariableKey = (typeof VARIABLE_KEYS)[number];
/** A number per device, station …; null default: a device without one of its own cannot have the template. */
export interface TemplateVariable {
  readonly name: string;
  readonly defaultValue: number | null;
  readonly by: Readonly<Partial<Record<VariableKey, Readonly<Record<string, number>>>>>;
}
/** What a device is called by, for variables. Null: it has none. */
export type DeviceNames = Readonly<Record<VariableKey, string | null>>;

const VARIABLE = /^\{\{\s*([a-z][a-z0-9_]{0,39})\s*\}\}$/;
/** The variable that a text names; null: it is no reference. */
export const variableNamed = (text: string): string | null => VARIABLE.exec(text)?.[1] ?? null;

export function variableOf({ by, defaultValue }: TemplateVariable, names: DeviceNames): number | null {
  for (const key of VARIABLE_KEYS) {
    const found = by[key]?.[names[key] ?? ''];
    if (found !== undefined) return found;
  }
  return defaultValue;
}

export interface Resolved {
  readonly values: Readonly<Record<string, ParameterValue>>;
  readonly problems: readonly { readonly field: string; readonly message: string }[];
}

/** The values that a device gets by a template, by the names of the dictionary. */
export function resolveTemplate(
  values: TemplateValues,
  variables: readonly TemplateVariable[],
  names: DeviceNames,
): Resolved {
  const known = new Map(variables.map((variable) => [variable.name, variable]));
  const resolved: Record<string, ParameterValue> = {};
  const problems: { field: string; message: string }[] = [];
  const numberOf = (field: string, given: TemplateNumber): number => {
    if (typeof given === 'number') return given;
    const name = variableNamed(given);
    const variable = name === null ? undefined : known.get(name);
    const found = variable === undefined ? null : variableOf(variable, names);
    if (found === null) problems.push({ field, message: `${given} has no value` });
    return found ?? Number.NaN;
  };
  for (const [spelling, given] of Object.entries(values)) {
    const definition = findParameter(spelling);
    if (definition === undefined) {
      problems.push({ field: spelling, message: 'is not a parameter' });
      continue;
    }
    const before = problems.length;
    const value: ParameterValue =
      typeof given === 'object'
        ? [numberOf(spelling, given[0]), numberOf(spelling, given[1])]
        : numberOf(spelling, given);
    if (problems.length > before) continue;
    const normal = normalValue(definition, value);
    const problem = valueProblem(definition, normal);
    if (problem === null) resolved[definition.name] = normal;
    else problems.push({ field: spelling, message: problem });
  }
  return { values: resolved, problems };
}

/** Whatever is wrong with a template for every device: unknown names, variables that nobody declares, impossible values. */
export function templateProblems(values: TemplateValues, variables: readonly TemplateVariable[]): Resolved['problems'] {
  const declared = new Set(variables.map(({ name }) => name));
  const problems: { field: string; message: string }[] = [];
  for (const [field, given] of Object.entries(values)) {
    if (findParameter(field) === undefined) problems.push({ field, message: 'is not a parameter' });
    for (const one of typeof given === 'object' ? given : [given]) {
      if (typeof one === 'number') continue;
      const name = variableNamed(one);
      if (name === null || !declared.has(name))
        problems.push({ field, message: `${one} is no variable of the template` });
    }
  }
  if (problems.length > 0) return problems;
  const constant = Object.entries(values).filter(([, given]) => [given].flat().every((one) => typeof one === 'number'));
  const nobody: DeviceNames = { device: null, station: null, region: null, model: null, type: null, protocol: null };
  return resolveTemplate(Object.fromEntries(constant), variables, nobody).problems;
}
