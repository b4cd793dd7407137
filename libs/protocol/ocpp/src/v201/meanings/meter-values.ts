import { chooseValues } from '../../meter-values/choose';
import type { ChosenValues } from '../../meter-values/choose';
import { toReading } from '../../meter-values/reading';
import type { Reading } from '../../meter-values/reading';
import { readStationTime } from '../../station-time';
import type { StationTime } from '../../station-time';
import type { MeterValue, SampledValue } from '../messages';

/** What was measured at one moment. */
export interface MeterMoment {
  readonly time: StationTime;
  readonly values: ChosenValues;
  readonly beginRegisterWh: number | null; // of context `Transaction.Begin`
  readonly endRegisterWh: number | null; // of context `Transaction.End`
}
/** Billing evidence: opaque, never interpreted. Page §5.3. */
export interface SignedReading {
  readonly at: string;
  readonly context: string | null;
  readonly data: string;
  readonly encoding: string;
  readonly method: string;
  readonly publicKey: string;
}
export interface MeterReport {
  readonly moments: readonly MeterMoment[]; // oldest first
  /** First and last of the message: enough to prove the difference. */
  readonly signed: readonly SignedReading[];
  readonly dropped: number; // values that nobody can read
}

export function readMeterValues(meterValues: readonly MeterValue[], receivedMs: number): MeterReport {
  let dropped = 0;
  const moments = meterValues.map(({ timestamp, sampledValue }): MeterMoment => {
    const readings = sampledValue.map(toCommonReading).filter((reading) => reading !== null);
    dropped += sampledValue.length - readings.length;
    return {
      time: readStationTime(timestamp, receivedMs),
      values: chooseValues(readings),
      beginRegisterWh: registerOf(readings, 'Transaction.Begin'),
      endRegisterWh: registerOf(readings, 'Transaction.End'),
    };
  });
  const signed = meterValues.flatMap(({ timestamp, sampledValue }) =>
    sampledValue.flatMap((value) => toSigned(value, timestamp)),
  );
  return {
    moments: moments.sort((a, b) => a.time.ms - b.time.ms),
    signed: signed.length <= 2 ? signed : [signed[0], signed[signed.length - 1]].filter((one) => one !== undefined),
    dropped,
  };
}

const toCommonReading = ({ value, measurand, phase, location, context, unitOfMeasure }: SampledValue): Reading | null =>
  toReading({
    value,
    measurand,
    phase,
    location,
    context,
    unit: unitOfMeasure?.unit,
    multiplier: unitOfMeasure?.multiplier,
  });

const registerOf = (readings: readonly Reading[], context: string): number | null =>
  chooseValues(readings.filter((reading) => reading.context === context)).energyRegisterWh;

const toSigned = ({ signedMeterValue, context }: SampledValue, at: string): readonly SignedReading[] =>
  signedMeterValue === undefined
    ? []
    : [
        {
          at,
          context: context ?? null,
          data: signedMeterValue.signedMeterData,
          encoding: signedMeterValue.encodingMethod,
          method: signedMeterValue.signingMethod,
          publicKey: signedMeterValue.publicKey,
        },
      ];
