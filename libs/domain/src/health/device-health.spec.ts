import { assessHealth, deviceStatus } from './device-health';
import type { HealthSigns } from './device-health';

const FINE: HealthSigns = { online: true, worstFault: null, answered: 20, asked: 20 };

describe('health of a device', () => {
  it.each<[Partial<HealthSigns>, number, string]>([
    [{}, 100, 'healthy'],
    [{ answered: 0, asked: 0 }, 100, 'healthy'],
    [{ worstFault: 'info' }, 96, 'healthy'],
    [{ answered: 10 }, 90, 'healthy'],
    [{ answered: 0 }, 80, 'warning'],
    [{ worstFault: 'warning' }, 80, 'warning'],
    [{ online: false }, 60, 'warning'],
    [{ online: false, answered: 0 }, 40, 'critical'],
    [{ online: false, worstFault: 'warning' }, 40, 'critical'],
    [{ worstFault: 'critical' }, 49, 'critical'],
    [{ online: false, worstFault: 'critical', answered: 0 }, 0, 'critical'],
  ])('G08 weighs %j as %d, %s', (signs, score, level) => {
    expect(assessHealth({ ...FINE, ...signs })).toMatchObject({ score, level });
  });

  it('H08 calls a device by the first thing that is true of it', () => {
    const all = { online: true, maintenance: true, faulted: true, charging: true };
    expect(deviceStatus({ ...all, online: false })).toBe('offline');
    expect(deviceStatus(all)).toBe('maintenance');
    expect(deviceStatus({ ...all, maintenance: false })).toBe('fault');
    expect(deviceStatus({ ...all, maintenance: false, faulted: false })).toBe('charging');
    expect(deviceStatus({ online: true, maintenance: false, faulted: false, charging: false })).toBe('idle');
  });
});
