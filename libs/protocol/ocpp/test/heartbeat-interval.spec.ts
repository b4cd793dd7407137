import { ocpp16Driver } from '../src/v16/driver';
import { ocpp201Driver } from '../src/v201/driver';
import { StationLine } from './station-line';

const BOOT_16 = { chargePointVendor: 'Vendor', chargePointModel: 'Model' };
const BOOT_201 = { reason: 'PowerUp', chargingStation: { vendorName: 'Vendor', model: 'Model' } };

describe.each([
  ['1.6', ocpp16Driver, BOOT_16],
  ['2.0.1', ocpp201Driver, BOOT_201],
] as const)('OCPP %s: heartbeat interval of a station', (_version, driver, boot) => {
  it.each([
    [30, 30],
    [undefined, 300],
  ])('F09 B07 answers a boot with its own, %j, as %i', (own, interval) => {
    const { message } = new StationLine(driver, 1, true, own).says('BootNotification', boot);
    expect(message).toMatchObject([3, 'm1', { status: 'Accepted', interval }]);
  });
});
