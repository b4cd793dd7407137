import { resolveTemplate, templateProblems } from '../index';
import type { DeviceNames, TemplateVariable } from '../index';

const LIMIT: TemplateVariable = {
  name: 'limit',
  defaultValue: 7_000,
  by: { station: { S1: 3_500 }, device: { D9: 1_000 } },
};
const names = (given: Partial<DeviceNames>): DeviceNames => ({
  device: null,
  station: null,
  region: null,
  model: null,
  type: null,
  protocol: null,
  ...given,
});

describe('P01 parameter template', () => {
  it('gives every device the value of its most particular name', () => {
    const values = { power_limit: '{{limit}}', voltage_threshold: [200, 250] as const };
    const of = (given: Partial<DeviceNames>) => resolveTemplate(values, [LIMIT], names(given)).values.power_limit;
    expect(of({})).toBe(7_000);
    expect(of({ station: 'S1' })).toBe(3_500);
    expect(of({ station: 'S1', device: 'D9' })).toBe(1_000);
  });

  it('says which variable a device has no value for', () => {
    const none = { ...LIMIT, defaultValue: null };
    expect(resolveTemplate({ power_limit: '{{limit}}' }, [none], names({})).problems).toEqual([
      { field: 'power_limit', message: '{{limit}} has no value' },
    ]);
  });

  it.each([
    [{ power_limt: 1 }, 'is not a parameter'],
    [{ power_limit: '{{other}}' }, 'no variable'],
    [{ power_limit: '{{limit}} + 1' }, 'no variable'],
    [{ power_limit: '${limit}' }, 'no variable'],
    [{ power_limit: -1 }, 'is within'],
  ])('refuses %p', (values, message) => {
    expect(templateProblems(values as Record<string, string | number>, [LIMIT])[0]?.message).toContain(message);
  });
});
