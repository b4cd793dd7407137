import type { ParameterDefinition, ParameterValue } from './parameter';

/** Wire fields count in tenths at the finest: what differs by less is the same. */
const TOLERANCE = 0.051;

/** The form that is kept: the single number of a range is its upper end (decision 8). */
export const normalValue = ({ type }: ParameterDefinition, value: ParameterValue): ParameterValue =>
  type === 'range' && typeof value === 'number' ? [0, value] : value;

/** Why the dictionary does not take the value; null: it does. */
export function valueProblem(definition: ParameterDefinition, value: ParameterValue): string | null {
  const { name, type, min, max, unit } = definition;
  const isRange = typeof value !== 'number';
  if (isRange !== (type === 'range')) return `${name} is ${type === 'range' ? 'a range' : 'one number'}`;
  const numbers = isRange ? value : [value];
  if (numbers.some((one) => one < min || one > max)) return `${name} is within ${min}…${max} ${unit}`;
  if (type === 'integer' && !numbers.every(Number.isInteger)) return `${name} is a whole number`;
  return isRange && value[0] >= value[1] ? `the lower end of ${name} is below the upper one` : null;
}

/** Whether what a device tells is what it was given. A lower end of 0 was not given. */
export function isSameValue(wanted: ParameterValue | null, actual: ParameterValue | null): boolean {
  if (wanted === null || actual === null) return wanted === actual;
  const near = (a: number, b: number): boolean => Math.abs(a - b) < TOLERANCE;
  if (typeof wanted === 'number' || typeof actual === 'number')
    return typeof wanted === 'number' && typeof actual === 'number' && near(wanted, actual);
  return near(wanted[1], actual[1]) && (wanted[0] === 0 || near(wanted[0], actual[0]));
}
