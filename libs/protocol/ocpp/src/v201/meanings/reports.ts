import type { ProtocolEvent } from '@chargebus/events';
import { notice, now } from '../../connection/version';
import type { Incoming, Meaning } from '../connection/incoming';
import { formatAddress } from '../device-model/address';
import type { StationRequest } from '../messages';

/**
 * Parts of a report belong to the exchange that asked for them, which is shown every message. What nobody asked for is
 * kept as it was told, part by part.
 */
function spontaneous(
  requestId: number,
  topic: string,
  details: () => Readonly<Record<string, unknown>>,
  incoming: Incoming,
): readonly ProtocolEvent[] {
  return incoming.station.awaits(requestId) ? [] : [notice(incoming, topic, { requestId, ...details() })];
}

export const meansReport: Meaning<'NotifyReport'> = (request, incoming) => {
  const { requestId, seqNo, tbc = false } = request;
  const details = () => ({ seqNo, tbc, variables: variablesOf(request) });
  return { facts: spontaneous(requestId, 'report', details, incoming), reply: now({}) };
};
/** Address → actual value. */
export function variablesOf({ reportData = [] }: StationRequest<'NotifyReport'>): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const { component, variable, variableAttribute } of reportData)
    for (const { type, value } of variableAttribute)
      if (value !== undefined) variables[formatAddress(component, variable, type)] = value;
  return variables;
}

export const meansMonitoringReport: Meaning<'NotifyMonitoringReport'> = (request, incoming) => {
  const { requestId, seqNo, tbc = false, monitor = [] } = request;
  for (const { variableMonitoring } of monitor)
    for (const { id, severity } of variableMonitoring) incoming.station.noteMonitor(id, severity);
  const monitors = monitor.flatMap(({ component, variable, variableMonitoring }) =>
    variableMonitoring.map((one) => ({ variable: formatAddress(component, variable), ...one })),
  );
  const details = () => ({ seqNo, tbc, monitors });
  return { facts: spontaneous(requestId, 'monitoring_report', details, incoming), reply: now({}) };
};

export const meansCustomerInformation: Meaning<'NotifyCustomerInformation'> = (request, incoming) => {
  const { requestId, seqNo, tbc = false, data } = request;
  return {
    facts: spontaneous(requestId, 'customer_information', () => ({ seqNo, tbc, data }), incoming),
    reply: now({}),
  };
};

export const meansChargingProfiles: Meaning<'ReportChargingProfiles'> = (request, incoming) => {
  const { requestId, tbc = false, evseId, chargingLimitSource, chargingProfile } = request;
  const details = () => ({ tbc, evseId, chargingLimitSource, profiles: chargingProfile });
  return { facts: spontaneous(requestId, 'charging_profiles', details, incoming), reply: now({}) };
};
