import type { DeviceId, TenantId } from '../ids';
import { changedProfile } from './device-profile';
import type { DeviceProfile, ProfileChange } from './device-profile';

const BEFORE: DeviceProfile = {
  deviceId: '04AB373B' as DeviceId,
  tenantId: '0190a0e0-0000-7000-8000-00000000000a' as TenantId,
  name: 'Gate 3',
  type: 'AC',
  region: 'beijing',
  station: null,
  tags: ['old'],
  attributes: { floor: 2, lamp: 'red' },
};
const REGIONS: Readonly<Record<string, string | null>> = { 'BJ-1': 'beijing', 'SH-1': 'shanghai', NOWHERE: null };
const change = (what: ProfileChange, before: Partial<DeviceProfile> = {}) =>
  changedProfile({ ...BEFORE, ...before }, what, (station) => REGIONS[station]);

describe('a change of a device profile', () => {
  it.each<[string, ProfileChange, Partial<DeviceProfile>, Partial<DeviceProfile>]>([
    ['leaves alone what it does not name', {}, {}, {}],
    ['takes a name away', { name: null }, {}, { name: null }],
    ['sorts tags and keeps each once', { tags: ['b', 'a', 'b'] }, {}, { tags: ['a', 'b'] }],
    ['merges attributes', { attributes: { lamp: null, row: 7 } }, {}, { attributes: { floor: 2, row: 7 } }],
    ['takes the region of the station', { station: 'SH-1' }, {}, { station: 'SH-1', region: 'shanghai' }],
    ['takes it with a station of no region', { station: 'NOWHERE' }, {}, { station: 'NOWHERE', region: null }],
    [
      'takes the same region beside the station',
      { station: 'SH-1', region: 'shanghai' },
      {},
      { station: 'SH-1', region: 'shanghai' },
    ],
    ['leaves a station and stays in its region', { station: null }, { station: 'BJ-1' }, {}],
    ['moves to a region of no station', { region: 'suzhou' }, {}, { region: 'suzhou' }],
    ['leaves both', { station: null, region: null }, { station: 'BJ-1' }, { region: null }],
  ])('AD03 %s', (_, what, before, after) => {
    expect(change(what, before)).toEqual({ ...BEFORE, ...after });
  });

  it.each<[ProfileChange, Partial<DeviceProfile>, string]>([
    [{ station: 'XX' }, {}, 'station_unknown'],
    [{ station: 'SH-1', region: 'beijing' }, {}, 'region_is_the_stations'],
    [{ region: 'shanghai' }, { station: 'BJ-1' }, 'region_is_the_stations'],
  ])('AD03 refuses %j', (what, before, refuse) => {
    expect(change(what, before)).toEqual({ refuse });
  });
});
