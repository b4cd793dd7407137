import { DeviceId, toInstant } from '@chargebus/domain';
import { createMessageDrivers } from './drivers';
import { protocolOptionsJson } from './protocol-options';

const BOOT = { chargePointVendor: 'V', chargePointModel: 'M' };

/** What a station of 1.6 is answered to a call, with these options. */
function answerTo(options: object, identity: string, action: string, payload: object): unknown {
  const [driver] = createMessageDrivers(protocolOptionsJson.parse(JSON.stringify(options)));
  const connection = driver!.open(1, DeviceId.parse(identity), true);
  const [frame] = connection.push(new TextEncoder().encode(JSON.stringify([2, 'x', action, payload])));
  const { answer } = connection.receive(frame!, toInstant(0), 0);
  return answer.when === 'now' ? JSON.parse(new TextDecoder().decode(answer.bytes)) : answer.when;
}

describe('options of an installation', () => {
  it('A11 decide which stations take part', () => {
    const options = { ocpp: { registration: 'Pending', stations: { 'CP-1': 'Rejected' } } };
    const boot = (identity: string) => answerTo(options, identity, 'BootNotification', BOOT);
    expect(boot('CP-1')).toMatchObject({ 2: { status: 'Rejected' } });
    expect(boot('CP-2')).toMatchObject({ 2: { status: 'Pending' } });
  });

  it('A11 name the vendors whose messages are taken', () => {
    const options = { ocpp: { vendors: { some: ['known'], all: null } } };
    const transfer = (vendorId: string, messageId: string) =>
      answerTo(options, 'CP-1', 'DataTransfer', { vendorId, messageId });
    expect(transfer('some', 'known')).toMatchObject({ 2: { status: 'Accepted' } });
    expect(transfer('some', 'other')).toMatchObject({ 2: { status: 'UnknownMessageId' } });
    expect(transfer('all', 'any')).toMatchObject({ 2: { status: 'Accepted' } });
    expect(transfer('none', 'any')).toMatchObject({ 2: { status: 'UnknownVendorId' } });
  });

  it('take gn for another name of bkv', () => {
    const { bkv } = protocolOptionsJson.parse('{"gn":{"networkRefreshMaxNodes":50},"bkv":{"utcOffsetMin":0}}');
    expect(bkv).toEqual({ networkRefreshMaxNodes: 50, utcOffsetMin: 0 });
  });

  it('refuse what nobody knows', () => {
    expect(protocolOptionsJson.safeParse('{"ocpp":{"registration":"Maybe"}}').success).toBe(false);
  });
});
