import { factId, notice, stored } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import { readMeterValues } from './meter-values';
import { isPort } from './ports';
import { repairValues } from './repair';
import { A_STEP, partsLost, toSample } from './transaction';

/**
 * Values of an EVSE outside `TransactionEvent`: by design of the grid, in the field also of a charge. They name no
 * transaction, so they belong to the one that runs there. EVSE 0 is the main meter.
 */
export const meansMeterValues: Meaning<'MeterValues'> = (request, incoming) => {
  const { evseId, meterValue } = incoming.dropped.length === 0 ? request : repairValues(request);
  const { deviceId, at, atMs, station } = incoming;
  const meter = readMeterValues(meterValue, atMs);
  const { moments, signed } = meter;
  const droppedParts = partsLost(meter, incoming);
  const last = moments.at(-1);
  if (!isPort(evseId) || last === undefined) {
    const values = { evseId, ...last?.values, sampledAt: last?.time.at ?? null };
    return { facts: [notice(incoming, 'main_meter', values)], reply: stored({}) };
  }
  return {
    facts: [
      {
        ...A_STEP,
        id: factId(incoming),
        deviceId,
        at,
        transactionRef: station.evse(evseId).transactionId,
        occurredAt: last.time.at,
        clockSuspect: last.time.suspect,
        offline: !last.time.suspect && atMs - last.time.ms > incoming.options.offlineThresholdMs,
        portNo: evseId,
        samples: moments.map(toSample),
        attributes: { ...(signed.length > 0 && { signed }), ...(droppedParts !== undefined && { droppedParts }) },
      },
    ],
    reply: stored({}),
  };
};
