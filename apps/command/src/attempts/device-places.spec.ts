import { randomUUID } from 'node:crypto';
import type { CommandId, DeviceCommandKind, DeviceId, TenantId } from '@chargebus/domain';
import { DevicePlaces } from './device-places';

const device = '04AB373B' as DeviceId;
const due = (kind: DeviceCommandKind) => ({
  commandId: randomUUID() as CommandId,
  tenantId: randomUUID() as TenantId,
  deviceId: device,
  kind,
});

describe('places at a device', () => {
  it('turns away what is too much, and names the most urgent of it when a place is free', () => {
    const places = new DevicePlaces(1, 10);
    const [params, query, second] = [due('params.get'), due('status.query'), due('status.query')];
    expect(places.enter(due('charge.start'))).toBe(true);
    expect([params, query, second].map((each) => places.enter(each))).toEqual([false, false, false]);
    expect(places.leave(device)).toEqual(query);
    expect(places.enter(query)).toBe(true);
    expect(places.leave(device)).toEqual(second);
    expect(places.enter(params)).toBe(true); // its job woke by itself
    expect(places.leave(device)).toBeNull();
  });

  it('always lets a stop in', () => {
    const places = new DevicePlaces(1, 10);
    places.enter(due('charge.start'));
    expect(places.enter(due('charge.stop'))).toBe(true);
    expect(places.leave(device)).toBeNull();
    expect(places.enter(due('status.query'))).toBe(false);
  });
});
