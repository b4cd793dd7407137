import { vendorStatus } from '../../connection/options';
import { notice, now } from '../../connection/version';
import type { Incoming, Meaning } from '../connection/incoming';
import type { StationAction, StationRequest, StationResponse } from '../messages';

/** Told, kept, acknowledged: nothing follows from it here. */
const kept =
  <A extends StationAction>(topic: string, response: StationResponse<A>): Meaning<A> =>
  (request: StationRequest<A>, incoming: Incoming) => ({
    facts: [notice(incoming, topic, { ...request })],
    reply: now(response),
  });

export const meansReservationStatus = kept<'ReservationStatusUpdate'>('reservation', {});
export const meansChargingLimit = kept<'NotifyChargingLimit'>('charging_limit', {});
export const meansLimitCleared = kept<'ClearedChargingLimit'>('charging_limit', {});
export const meansDisplayMessages = kept<'NotifyDisplayMessages'>('display_messages', {});
/** We plan nothing from it, so the vehicle must not count on a schedule. */
export const meansChargingNeeds = kept<'NotifyEVChargingNeeds'>('ev_charging_needs', { status: 'Rejected' });
export const meansChargingSchedule = kept<'NotifyEVChargingSchedule'>('ev_charging_schedule', { status: 'Accepted' });

/** No contact to ISO 15118's authorities. */
export const meansCertificateStatus: Meaning<'GetCertificateStatus'> = () => ({
  facts: [],
  reply: now({ status: 'Failed' }),
});
export const meansContractCertificate: Meaning<'Get15118EVCertificate'> = () => ({
  facts: [],
  reply: now({ status: 'Failed', exiResponse: '' }),
});

export const meansDataTransfer: Meaning<'DataTransfer'> = (request, incoming) => {
  const status = vendorStatus(incoming.options, request.vendorId, request.messageId);
  if (status !== 'Accepted') return { facts: [], reply: now({ status }) };
  return { facts: [notice(incoming, 'data_transfer', { ...request })], reply: now({ status }) };
};
