import type { ProtocolEventOf } from '@chargebus/events';
import { chooseValues } from '../../meter-values/choose';
import { toReading } from '../../meter-values/reading';
import type { Reading } from '../../meter-values/reading';
import { readStationTime } from '../../station-time';
import type { StationTime } from '../../station-time';
import type { MeterValue, SampledValue } from '../messages';

type Sample = ProtocolEventOf<'charge.transaction'>['samples'][number];

export interface MeterReport {
  readonly samples: Sample[]; // oldest first
  readonly last: StationTime | null; // of the newest; null: there is none
  readonly beginRegisterWh: number | null; // of context `Transaction.Begin`
  readonly endRegisterWh: number | null; // of context `Transaction.End`
  /** First and last of the message as they came: billing evidence, never interpreted. */
  readonly signed: readonly { readonly at: string; readonly data: string }[];
  readonly dropped: number; // values that nobody can read
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;
/** Null: not a number as a meter writes one. Stations are met that send a number instead of a text. */
function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const text = String(value).trim();
  return DECIMAL.test(text) ? Number(text) : null;
}

/** Page §5.3. */
export function readMeterValues(meterValues: readonly MeterValue[], receivedMs: number): MeterReport {
  let dropped = 0;
  const signed: { at: string; data: string }[] = [];
  let beginRegisterWh: number | null = null;
  let endRegisterWh: number | null = null;
  const moments = meterValues.map(({ timestamp, sampledValue }) => {
    const readings: Reading[] = [];
    for (const value of sampledValue) {
      if (value.format === 'SignedData') {
        signed.push({ at: timestamp, data: value.value });
        continue;
      }
      const reading = readOne(value);
      if (reading === null) dropped++;
      else readings.push(reading);
    }
    const values = chooseValues(readings);
    if (values.registerContext === 'Transaction.Begin') beginRegisterWh ??= values.energyRegisterWh;
    if (values.registerContext === 'Transaction.End') endRegisterWh = values.energyRegisterWh ?? endRegisterWh;
    const time = readStationTime(timestamp, receivedMs);
    return { time, sample: { at: time.at, registerWh: values.energyRegisterWh, ...measured(values) } };
  });
  moments.sort((a, b) => a.time.ms - b.time.ms);
  return {
    samples: moments.map(({ sample }) => sample),
    last: moments.at(-1)?.time ?? null,
    beginRegisterWh,
    endRegisterWh,
    signed: signed.length <= 2 ? signed : [signed[0], signed[signed.length - 1]].filter((one) => one !== undefined),
    dropped,
  };
}

function readOne({ value, measurand, unit, phase, location, context }: SampledValue): Reading | null {
  const number = toNumber(value);
  return number === null ? null : toReading({ value: number, measurand, unit, phase, location, context });
}
const measured = ({
  powerW,
  voltageV,
  currentA,
  frequencyHz,
  temperatureC,
  socPct,
}: ReturnType<typeof chooseValues>): Omit<Sample, 'at' | 'registerWh'> => ({
  powerW,
  voltageV,
  currentA,
  frequencyHz,
  temperatureC,
  socPct,
});
