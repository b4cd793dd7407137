import { decodeFrame, encodeFrame } from '@chargebus/protocol-ap3000';
import { ProgressFrame } from './progress-frame';

describe('ProgressFrame', () => {
  it('A20 patches a frame that decodes to exactly what was patched in', () => {
    const fields = {
      port: 3,
      portStatus: 1,
      durationS: 4321,
      energyKwh: 0.24,
      startMode: 1,
      powerW: 199.9,
      maxPowerW: 204.1,
      minPowerW: 196,
      avgPowerW: 200.2,
      orderHex: '000102030405060708090a0b0c0d0e0f',
      intervalEnergyRaw: 7987,
      peakPowerW: 204.3,
      voltageV: 225.7,
      currentA: 0.886,
      envTemperatureC: 25,
      portTemperatureC: 30,
      timestamp: 1_750_000_000,
    };
    const blank = { ...fields, portStatus: 0, durationS: 0, energyKwh: 0, powerW: 0, voltageV: 0, timestamp: 0 };
    const header = { physicalId: '0512D687', command: '06', direction: 'up' } as const;
    const frame = new ProgressFrame(encodeFrame({ ...header, messageId: 1, fields: blank }));
    const bytes = frame.patch(777, {
      portStatus: 1,
      durationS: 4321,
      energyRaw: 24,
      powerRaw: 1999,
      maxPowerRaw: 2041,
      minPowerRaw: 1960,
      avgPowerRaw: 2002,
      intervalEnergyRaw: 7987,
      peakPowerRaw: 2043,
      voltageRaw: 2257,
      currentRaw: 886,
      portTemperatureRaw: 95,
      timestamp: 1_750_000_000,
    });
    expect(bytes).toEqual(encodeFrame({ ...header, messageId: 777, fields }));
    expect(decodeFrame(bytes, 'up')).toMatchObject({ ok: true, frame: { messageId: 777, fields } });
  });

  it('A20 refuses a template of another length', () => {
    expect(() => new ProgressFrame(new Uint8Array(58))).toThrow('58 bytes');
  });
});
