import { decideAutoStop } from './auto-stop';
import type { AutoStop, AutoStopSample } from './auto-stop';
import { addSample, isNewer, NO_SAMPLES } from './charging-session';
import type { MeterSample } from './charging-session';
import { endReasonOf } from './end-reason';
import { limitsForDevice, progressOf, reachedLimit } from './limits';
import type { ChargeLimits } from './limits';

const limits = (fields: Partial<ChargeLimits>): ChargeLimits => ({
  mode: 1,
  timeLimitMin: null,
  energyLimitKwh: null,
  powerLimitW: null,
  ...fields,
});

describe('limits', () => {
  it.each([
    ['below all', limits({ timeLimitMin: 60, energyLimitKwh: 1, powerLimitW: 700 }), 3_599, 999, 700, null],
    ['primary time: left to the device', limits({ timeLimitMin: 60 }), 3_600, 0, 0, null],
    ['primary time let pass', limits({ timeLimitMin: 60 }), 3_630, 0, 0, 'time_limit_reached'],
    ['time as a cap', limits({ mode: 2, timeLimitMin: 60, energyLimitKwh: 9 }), 3_600, 0, 0, 'time_limit_reached'],
    ['primary energy: left to the device', limits({ mode: 2, energyLimitKwh: 1 }), 0, 1_000, 0, null],
    ['primary energy let pass', limits({ mode: 2, energyLimitKwh: 1 }), 0, 1_020, 0, 'energy_limit_reached'],
    ['energy as a cap', limits({ timeLimitMin: 60, energyLimitKwh: 1 }), 9, 1_000, 0, 'energy_limit_reached'],
    ['power', limits({ mode: 3, powerLimitW: 700 }), 0, 0, 700.1, 'power_limit_reached'],
    ['power not measured', limits({ mode: 3, powerLimitW: 700 }), 0, 0, null, null],
  ] as const)('decision 26 %s', (_name, given, durationS, energyWh, powerW, reason) => {
    expect(reachedLimit(given, { durationS, energyWh, powerW })).toBe(reason);
  });

  it('E03 E19 are given to the device with the primary one named', () => {
    expect(limitsForDevice(limits({ timeLimitMin: 120 }))).toMatchObject({
      durationLimitS: 7_200,
      primaryLimit: 'duration',
      stopWhenFull: false,
      maxDurationS: null,
    });
    expect(limitsForDevice(limits({ mode: 2, timeLimitMin: 120, energyLimitKwh: 50 }))).toMatchObject({
      energyLimitWh: 50_000,
      primaryLimit: 'energy',
      stopWhenFull: true,
      maxDurationS: 7_200,
    });
    expect(limitsForDevice(limits({ mode: 3, powerLimitW: 7_000 })).primaryLimit).toBe('power');
    expect(limitsForDevice(limits({ mode: 4 })).primaryLimit).toBe('full');
  });

  it.each([
    ['until full', limits({ mode: 4 }), null, null, null],
    ['time', limits({ timeLimitMin: 60 }), 50, 'time', 1_800],
    ['the nearest of two', limits({ timeLimitMin: 60, energyLimitKwh: 0.6 }), 83.3, 'energy', 600],
    ['never above 100', limits({ timeLimitMin: 20 }), 100, 'time', 0],
  ] as const)('decision 25 progress: %s', (_name, given, progressPct, progressBasis, estimatedRemainingS) => {
    expect(progressOf(given, { durationS: 1_800, energyWh: 500, powerW: 600 })).toEqual({
      progressPct,
      progressBasis,
      estimatedRemainingS,
    });
  });
});

describe('auto stop conditions', () => {
  const conditions: AutoStop = { lowPowerThresholdW: 1_000, maxTemperatureC: 60, voltageRangeV: [200, 250] };
  const sample = (fields: Partial<AutoStopSample>): AutoStopSample => ({
    durationS: 100,
    powerW: 7_000,
    temperatureC: 45,
    voltageV: 220,
    ...fields,
  });

  it.each([
    ['nothing', {}, null, null, null],
    ['E11 low power begins', { powerW: 999 }, null, null, 100],
    ['E11 low power goes on', { powerW: 0, durationS: 159 }, 100, null, 100],
    ['E11 low power lasted', { powerW: 0, durationS: 160 }, 100, 'low_power', 100],
    ['E11 low power is over', { powerW: 1_000, durationS: 160 }, 100, null, null],
    ['E11 power not measured', { powerW: null, durationS: 120 }, 100, null, 100],
    ['E12 temperature', { temperatureC: 60 }, null, 'over_temperature', null],
    ['E12 temperature not measured', { temperatureC: null }, null, null, null],
    ['E13 voltage low', { voltageV: 199.9 }, null, 'voltage_out_of_range', null],
    ['E13 voltage high', { voltageV: 250.1 }, null, 'voltage_out_of_range', null],
    ['E13 voltage at its bound', { voltageV: 250 }, null, null, null],
  ] as const)('%s', (_name, fields, since, stop, lowPowerSinceS) => {
    expect(decideAutoStop(conditions, sample(fields), since, 60)).toEqual({ stop, lowPowerSinceS });
  });
});

describe('end reasons', () => {
  it.each([
    ['time_reached', {}, 'time_limit_reached'],
    ['energy_reached', {}, 'energy_limit_reached'],
    ['max_time', {}, 'max_time_reached'],
    ['max_time', { hasTimeLimit: true }, 'time_limit_reached'],
    ['overload', {}, 'overload'],
    ['overload', { hasPowerLimit: true }, 'power_limit_reached'],
    ['remote', {}, 'remote_stop'],
    ['remote', { stopReason: 'user_stop' }, 'user_stop'],
    ['remote', { stopReason: 'energy_limit_reached' }, 'energy_limit_reached'],
    ['full', { stopReason: 'user_stop' }, 'fully_charged'],
    ['unknown_7F', {}, 'unknown_7F'],
  ] as const)('I06 %s %j → %s', (token, context, reason) => {
    expect(endReasonOf(token, { stopReason: null, hasTimeLimit: false, hasPowerLimit: false, ...context })).toBe(
      reason,
    );
  });
});

describe('meter summary', () => {
  const sample = (durationS: number, energyWh: number, powerW: number, sampledAtMs = durationS): MeterSample => ({
    sampledAtMs,
    durationS,
    energyWh,
    powerW,
    maxPowerW: null,
    minPowerW: null,
    voltageV: null,
    currentA: null,
    frequencyHz: null,
    temperatureC: null,
    socPct: null,
  });

  it('never takes totals back for a sample that was overtaken', () => {
    const summary = [sample(120, 20, 500), sample(60, 10, 900)].reduce(addSample, NO_SAMPLES);
    expect(summary.last?.energyWh).toBe(20);
    expect(summary).toMatchObject({ peakPowerW: 900, minPowerW: 500 });
    expect(isNewer(summary, sample(120, 20, 500))).toBe(false);
    expect(isNewer(summary, sample(121, 20, 500))).toBe(true);
  });

  it('leaves the zero at the end out of the lowest power', () => {
    expect([sample(60, 10, 500), sample(120, 10, 0)].reduce(addSample, NO_SAMPLES).minPowerW).toBe(500);
  });
});
