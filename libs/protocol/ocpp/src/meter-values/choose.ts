import { IMPORT_REGISTER } from './reading';
import type { Reading, Unit } from './reading';

/** One value per quantity of one moment; null: not measured. */
export interface ChosenValues {
  readonly energyRegisterWh: number | null; // absolute, as the meter stands
  readonly registerContext: string | null;
  readonly powerW: number | null;
  readonly currentA: number | null; // of the phase that carries most
  readonly voltageV: number | null;
  readonly frequencyHz: number | null;
  readonly temperatureC: number | null;
  readonly socPct: number | null;
}

const LOCATIONS = ['Outlet', 'Cable', 'Inlet', 'Body', 'EV'] as const;
const LINE_PHASES: ReadonlySet<string> = new Set(['L1', 'L2', 'L3', 'L1-N', 'L2-N', 'L3-N']);
const BETWEEN_LINES: ReadonlySet<string> = new Set(['L1-L2', 'L2-L3', 'L3-L1']);

/** Page §5.3: which of several values counts. Only registers feed billing, never intervals. */
export function chooseValues(readings: readonly Reading[]): ChosenValues {
  const registers = select(readings, IMPORT_REGISTER, 'Wh');
  return {
    energyRegisterWh: overall(registers, sum),
    registerContext: registers[0]?.context ?? null,
    powerW: overall(select(readings, 'Power.Active.Import', 'W'), sum),
    currentA: overall(select(readings, 'Current.Import', 'A'), (values) => Math.max(...values)),
    voltageV: voltage(select(readings, 'Voltage', 'V')),
    frequencyHz: overall(select(readings, 'Frequency', 'Hz'), average),
    temperatureC: overall(select(readings, 'Temperature', 'Celsius'), (values) => Math.max(...values)),
    socPct: overall(select(readings, 'SoC', 'Percent'), average),
  };
}

/** The readings of one measurand from the best place that has any: of `EV` only the state of charge is believed. */
function select(readings: readonly Reading[], measurand: string, unit: Unit): readonly Reading[] {
  const all = ofMeasurand(readings, measurand, unit);
  if (all.length === 0) return NONE;
  const places = measurand === 'SoC' ? LOCATIONS.toReversed() : LOCATIONS.slice(0, -1);
  for (const place of places) {
    const there = all.filter(({ location }) => location === place);
    if (there.length > 0) return there.length === 1 ? there : latestContext(there);
  }
  return NONE;
}

const NONE: readonly Reading[] = [];
function ofMeasurand(readings: readonly Reading[], measurand: string, unit: Unit): readonly Reading[] {
  let found: Reading[] | null = null;
  for (const reading of readings)
    if (reading.measurand === measurand && reading.unit === unit) (found ??= []).push(reading);
  return found ?? NONE;
}

/** A message about an end may carry begin and end of a register under one time: the end counts. */
function latestContext(readings: readonly Reading[]): readonly Reading[] {
  const ends = readings.filter(({ context }) => context === 'Transaction.End');
  if (ends.length > 0) return ends;
  const later = readings.filter(({ context }) => context !== 'Transaction.Begin');
  return later.length > 0 ? later : readings;
}

/** The overall value where there is one, else made of the lines. */
function overall(readings: readonly Reading[], combine: (values: readonly number[]) => number): number | null {
  const whole = readings.find(({ phase }) => phase === null);
  if (whole !== undefined) return whole.value;
  const lines = readings.filter(({ phase }) => phase !== null && LINE_PHASES.has(phase)).map(({ value }) => value);
  return lines.length === 0 ? null : combine(lines);
}

function voltage(readings: readonly Reading[]): number | null {
  const toNeutral = overall(readings, average);
  if (toNeutral !== null) return toNeutral;
  const between = readings.filter(({ phase }) => phase !== null && BETWEEN_LINES.has(phase)).map(({ value }) => value);
  return between.length === 0 ? null : Math.round((average(between) / 1.732) * 10) / 10;
}

const sum = (values: readonly number[]): number => Math.round(values.reduce((a, b) => a + b, 0) * 1000) / 1000;
const average = (values: readonly number[]): number => Math.round((sum(values) / values.length) * 10) / 10;
