import { DeviceId, toInstant } from '@chargebus/domain';
import { FRAMES_PER_CONNECTION } from '@chargebus/protocol-core/bench';
import type { CodecSubject } from '@chargebus/protocol-core/bench';
import { ocpp16Driver } from '../v16/driver';

const STEP_MS = 60_000;
const EPOCH_MS = Date.UTC(2026, 0, 1);
const encoder = new TextEncoder();

/** A busy station: `MeterValues` of one charge, four values each, every one under an id of its own. */
export const ocpp16Load: CodecSubject = {
  isWhole: true,
  open: (seed) => ocpp16Driver.open(seed, DeviceId.parse(`CP-${seed}`), true),
  framesOf: (device) =>
    Array.from({ length: FRAMES_PER_CONNECTION }, (_, i) =>
      encoder.encode(JSON.stringify([2, `${device}-${i}-6c1f2a9e-4b7d`, 'MeterValues', meterValues(i)])),
    ),
};

const meterValues = (i: number): object => ({
  connectorId: 1 + (i % 2),
  transactionId: 1_439_524_929 + (i % 2),
  meterValue: [
    {
      timestamp: toInstant(EPOCH_MS + i * STEP_MS),
      sampledValue: [
        { value: String(100_000 + i * 10), context: 'Sample.Periodic', measurand: 'Energy.Active.Import.Register' },
        { value: (7 + (i % 10) / 10).toFixed(1), measurand: 'Power.Active.Import', unit: 'kW' },
        { value: '31.2', measurand: 'Current.Import', unit: 'A', phase: 'L1', location: 'Outlet' },
        { value: '230.4', measurand: 'Voltage', unit: 'V', phase: 'L1-N', location: 'Outlet' },
      ],
    },
  ],
});
