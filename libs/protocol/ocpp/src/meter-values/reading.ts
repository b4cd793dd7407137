/** One sampled value, of either version, with the defaults of page §5.3 filled in and in the unit of its quantity. */
export interface Reading {
  readonly measurand: string; // 'Energy.Active.Import.Register'
  readonly value: number;
  readonly unit: Unit;
  readonly phase: string | null; // null: the overall value
  readonly location: string;
  readonly context: string;
}
export type Unit = 'Wh' | 'varh' | 'VAh' | 'W' | 'var' | 'VA' | 'A' | 'V' | 'Percent' | 'Hz' | 'Celsius' | 'none';

/** A sampled value as it stood on the wire, before anything is believed. `value` is a number already. */
export interface RawReading {
  readonly value: number;
  readonly measurand?: string | undefined;
  readonly unit?: string | undefined;
  readonly multiplier?: number | undefined; // power of ten; 2.0.1 only
  readonly phase?: string | undefined;
  readonly location?: string | undefined;
  readonly context?: string | undefined;
}

export const IMPORT_REGISTER = 'Energy.Active.Import.Register';

/** Unit as written (folded) → ours and the way to it. `Celcius` and `Hertz` are met in the field. */
const UNITS: Readonly<Record<string, readonly [Unit, (value: number) => number]>> = {
  wh: ['Wh', same],
  kwh: ['Wh', thousand],
  varh: ['varh', same],
  kvarh: ['varh', thousand],
  vah: ['VAh', same],
  kvah: ['VAh', thousand],
  w: ['W', same],
  kw: ['W', thousand],
  var: ['var', same],
  kvar: ['var', thousand],
  va: ['VA', same],
  kva: ['VA', thousand],
  a: ['A', same],
  v: ['V', same],
  percent: ['Percent', same],
  '%': ['Percent', same],
  hz: ['Hz', same],
  hertz: ['Hz', same],
  celsius: ['Celsius', same],
  celcius: ['Celsius', same],
  fahrenheit: ['Celsius', (value) => (value - 32) / 1.8],
  k: ['Celsius', (value) => value - 273.15],
};
function same(value: number): number {
  return value;
}
function thousand(value: number): number {
  return value * 1000;
}

/** What a measurand is measured in when its unit is not said. Longer beginnings first. */
const DEFAULT_UNITS: readonly (readonly [string, Unit])[] = [
  ['Energy.Reactive', 'varh'],
  ['Energy.Apparent', 'VAh'],
  ['Energy', 'Wh'],
  ['Power.Reactive', 'var'],
  ['Power.Factor', 'none'],
  ['Power', 'W'],
  ['Current', 'A'],
  ['Voltage', 'V'],
  ['SoC', 'Percent'],
  ['Frequency', 'Hz'],
  ['Temperature', 'Celsius'],
];
/** Of measurands that were met; the schemas let some thirty through. */
const defaultUnits = new Map<string, Unit>();
function defaultUnitOf(measurand: string): Unit {
  let unit = defaultUnits.get(measurand);
  if (unit === undefined) {
    unit = DEFAULT_UNITS.find(([beginning]) => measurand.startsWith(beginning))?.[1] ?? 'none';
    defaultUnits.set(measurand, unit);
  }
  return unit;
}

/** Nothing that a charging station measures is larger, in whatever unit; sums of such stay exact. */
const LARGEST = 1e12;

/** Null: no number, or a unit that nobody knows, which is dropped rather than taken for another. */
export function toReading(raw: RawReading): Reading | null {
  const measurand = raw.measurand ?? IMPORT_REGISTER;
  const scaled = raw.multiplier === undefined ? raw.value : raw.value * 10 ** raw.multiplier;
  const usual = defaultUnitOf(measurand);
  const [unit, convert] = measurand === 'Frequency' ? ['Hz' as const, same] : unitOf(raw.unit, usual);
  const value = convert(scaled);
  if (unit === null || !(Math.abs(value) <= LARGEST)) return null;
  const { phase = null, location = 'Outlet', context = 'Sample.Periodic' } = raw;
  return { measurand, value: rounded(value, unit), unit, phase, location, context };
}
function unitOf(written: string | undefined, usual: Unit): readonly [Unit | null, (value: number) => number] {
  if (written === undefined || written === '' || usual === 'none') return [usual, same];
  return UNITS[written.toLowerCase()] ?? [null, same];
}

/** Page §6.4: whole Wh, hundredths of A, tenths of V; the rest to three places. Halves go up. */
function rounded(value: number, unit: Unit): number {
  if (unit === 'Wh' || unit === 'varh' || unit === 'VAh') return Math.round(value);
  const places = unit === 'A' ? 100 : unit === 'V' ? 10 : 1000;
  return Math.round(value * places) / places;
}
