import {
  COMMAND_EXAMPLES,
  DeviceCommand,
  findParameter,
  isSameValue,
  normalValue,
  PARAMETERS,
  parameterSupport,
  planParameters,
  readableGroups,
  valueProblem,
} from '../index';
import type { ParameterDefinition, ParameterValue } from '../index';

const PROTOCOLS = ['ap3000', 'bkv', 'ykc', 'ocpp1.6', 'ocpp2.0.1'] as const;
const of = (name: string): ParameterDefinition => findParameter(name)!;
const wanted = (values: Readonly<Record<string, ParameterValue | null>>) =>
  new Map(Object.entries(values).map(([name, value]) => [of(name), value]));

describe('parameter dictionary', () => {
  it('F02 F03 F05 F07 F08 F09 knows every parameter of the contract, with unit and range', () => {
    const known = Object.fromEntries(PARAMETERS.map(({ name, unit, min, max }) => [name, [unit, min, max]]));
    expect(known).toMatchObject({
      max_current: ['A', 1, 1_000],
      voltage_threshold: ['V', 0, 1_500],
      temperature_threshold: ['°C', 20, 120],
      power_limit: ['W', 1, 1_000_000],
      auto_stop_time: ['min', 1, 10_080],
      heartbeat_interval: ['s', 10, 65_535],
      offline_timeout: ['s', 10, 604_800],
    });
    for (const definition of PARAMETERS) expect(valueProblem(definition, definition.example)).toBeNull();
  });

  it('F06 knows the other spelling, and gives no spelling twice', () => {
    expect(of('temp_threshold')).toBe(of('temperature_threshold'));
    const spellings = PARAMETERS.flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(spellings).size).toBe(spellings.length);
  });

  it('F04 keeps a single voltage as the upper end of a range', () => {
    expect(normalValue(of('voltage_threshold'), 220)).toEqual([0, 220]);
    expect(normalValue(of('max_current'), 32)).toBe(32);
  });

  it.each<[string, ParameterValue]>([
    ['max_current', 0],
    ['max_current', [1, 2]],
    ['voltage_threshold', [250, 200]],
    ['voltage_threshold', [200, 1_501]],
    ['temperature_threshold', 60.5],
    ['auto_stop_time', 10_081],
  ])('refuses %s = %s', (name, value) => {
    expect(valueProblem(of(name), value)).toContain(name);
  });

  it('F13 compares in the accuracy of the wire, and not what was not given', () => {
    expect(isSameValue(7_000.04, 7_000)).toBe(true);
    expect(isSameValue(32, 33)).toBe(false);
    expect(isSameValue([0, 250], [100, 250])).toBe(true);
    expect(isSameValue([200, 250], [100, 250])).toBe(false);
    expect(isSameValue(null, 3)).toBe(false);
  });
});

describe('where a parameter lives', () => {
  it.each(PROTOCOLS)('says for %s of every parameter who has it', (protocol) => {
    for (const definition of PARAMETERS) {
      const { support } = parameterSupport(definition, protocol);
      const plan = planParameters(new Map([[definition, definition.example]]), { protocol, portNos: [1, 2] });
      expect([definition.name, plan.unsupported.length > 0]).toEqual([definition.name, support === 'none']);
    }
  });

  it('AP3000 puts values into the groups that the driver takes, several of one group at once', () => {
    const values = wanted({
      power_limit: 1_500,
      voltage_threshold: [200, 250],
      temperature_threshold: 60,
      heartbeat_interval: 30,
    });
    const plan = planParameters(values, { protocol: 'ap3000', portNos: [1] });
    expect(plan.writes).toEqual([
      {
        group: 'limits',
        readGroup: 'limits',
        values: { overloadPowerW: 1_500, underVoltageV: 200, overVoltageV: 250 },
        names: ['power_limit', 'voltage_threshold'],
      },
      { group: 'run2', readGroup: 'run2', values: { portAlarmTempC: 60 }, names: ['temperature_threshold'] },
      { group: 'run1', readGroup: 'run1', values: { heartbeatIntervalS: 30 }, names: ['heartbeat_interval'] },
    ]);
    expect(plan.settings).toEqual({
      maxPowerW: 1_500,
      voltageRangeV: [200, 250],
      maxTemperatureC: 60,
      heartbeatIntervalS: 30,
    });
  });

  it.each(['ap3000', 'bkv'])('F07 leaves to the platform what the wire of %s cannot: above 6,553.5 W', (protocol) => {
    const planOf = (power_limit: number) => planParameters(wanted({ power_limit }), { protocol, portNos: [1] });
    expect(planOf(6_553.5).writes).toMatchObject([{ names: ['power_limit'] }]);
    for (const watts of [6_553.6, 7_000])
      expect(planOf(watts)).toMatchObject({ writes: [], settings: { maxPowerW: watts }, unsupported: [] });
  });

  it('BKV writes to every socket that is known', () => {
    const plan = planParameters(wanted({ temperature_threshold: 60 }), { protocol: 'bkv', portNos: [1, 2, 3] });
    expect(plan.writes.map(({ group }) => group)).toEqual(['socket:1', 'socket:2']);
    const unknown = planParameters(wanted({ unplug_time: 10 }), { protocol: 'bkv', portNos: [] });
    expect(unknown.unsupported).toEqual([{ name: 'unplug_time', why: 'its sockets are not known yet' }]);
  });

  it('OCPP names the keys that it reads back', () => {
    const values = wanted({ heartbeat_interval: 30, sample_interval: 15 });
    const [write] = planParameters(values, { protocol: 'ocpp2.0.1', portNos: [1] }).writes;
    expect(write).toMatchObject({
      readGroup: 'OCPPCommCtrlr.HeartbeatInterval,SampledDataCtrlr.TxUpdatedInterval',
      values: { 'OCPPCommCtrlr.HeartbeatInterval': '30', 'SampledDataCtrlr.TxUpdatedInterval': '15' },
    });
  });

  it('restores a limit that was not set by taking it away', () => {
    const plan = planParameters(wanted({ max_current: null }), { protocol: 'ap3000', portNos: [1] });
    expect(plan.settings).toEqual({ maxCurrentA: null });
  });

  it.each(PROTOCOLS)('%s: what is written and what is read are orders of the catalogue', (protocol) => {
    const bearer = { protocol, portNos: [1, 2] };
    const all = new Map(PARAMETERS.map((one) => [one, one.example]));
    for (const { group, values } of planParameters(all, bearer).writes)
      expect(DeviceCommand.safeParse({ ...COMMAND_EXAMPLES['params.set'], group, values }).success).toBe(true);
    for (const { readGroup } of readableGroups(bearer))
      expect(DeviceCommand.safeParse({ kind: 'params.get', group: readGroup }).success).toBe(true);
  });
});
