import { unsupported } from '../../connection/ask';
import type { Turn } from '../../connection/ask';
import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import type { PlatformRequest } from '../messages';
import { toIdToken } from '../tables/token-types';
import { acceptedOr, call } from './call';
import type { Link } from './call';

/** `Scheduled`: when nobody charges any more. The next boot shows that it happened. */
export function reboot({ scope, force }: CommandOf<'device.reboot'>): Turn | CommandOutcome {
  if (scope !== 'device') return unsupported('reboot_scope');
  return call(
    'Reset',
    { type: force === true ? 'Immediate' : 'OnIdle' },
    { judge: (answer) => acceptedOr(answer, { evidence: 'reply' }, ['Scheduled']) },
  );
}

/** The cable may come out; a charge that is paid for is not ended by it (`ongoing_authorized_transaction`). */
export const unlock = ({ portNo }: CommandOf<'port.unlock'>, { station }: Link): Turn =>
  call(
    'UnlockConnector',
    { evseId: portNo, connectorId: station.evse(portNo).connectorNumbers[0] ?? 1 },
    { judge: (answer) => acceptedOr(answer, {}, ['Unlocked']) },
  );

/** `Scheduled`: after the charge that runs there. */
export const availability = ({ portNo, available }: CommandOf<'port.availability'>): Turn =>
  call(
    'ChangeAvailability',
    {
      operationalStatus: available ? 'Operative' : 'Inoperative',
      ...(portNo !== null && { evse: { id: portNo } }),
    },
    { judge: (answer) => acceptedOr(answer, {}, ['Scheduled']) },
  );

export const reserve = (command: CommandOf<'reserve'>): Turn => {
  const { portNo, reservationId, cardId, groupId, expiresAt } = command;
  const payload: PlatformRequest<'ReserveNow'> = {
    id: reservationId,
    expiryDateTime: expiresAt,
    idToken: toIdToken(cardId),
    ...(portNo !== null && { evseId: portNo }),
    ...(groupId !== null && { groupIdToken: toIdToken(groupId, 'central') }),
  };
  return call('ReserveNow', payload, { judge: (answer) => acceptedOr(answer, { reservationId }) });
};
export const cancelReservation = ({ reservationId }: CommandOf<'reserve.cancel'>): Turn =>
  call('CancelReservation', { reservationId }, { judge: (answer) => acceptedOr(answer) });

export const clearCache = (): Turn => call('ClearCache', {}, { judge: (answer) => acceptedOr(answer) });

const TOPICS = {
  boot: 'BootNotification',
  heartbeat: 'Heartbeat',
  status: 'StatusNotification',
  meter_values: 'MeterValues',
  transaction: 'TransactionEvent',
  diagnostics_status: 'LogStatusNotification',
  firmware_status: 'FirmwareStatusNotification',
  certificate_request: 'SignChargingStationCertificate',
} as const;
/** The message follows the answer. A status is always that of one connector. */
export function trigger({ topic, portNo }: CommandOf<'trigger'>, { station }: Link): Turn {
  const place = portNo ?? (topic === 'status' ? 1 : null);
  const connectorId = place === null ? undefined : (station.evse(place).connectorNumbers[0] ?? 1);
  const evse =
    place === null
      ? {}
      : { evse: { id: place, ...(topic === 'status' && connectorId !== undefined && { connectorId }) } };
  const payload = { requestedMessage: TOPICS[topic], ...evse };
  return call('TriggerMessage', payload, { judge: (answer) => acceptedOr(answer) });
}

export const dataTransfer = ({ vendorId, messageId, data }: CommandOf<'data.transfer'>): Turn => {
  const payload = { vendorId, ...(messageId !== null && { messageId }), ...(data !== null && { data }) };
  // `data` may be any JSON, and the schema's generated type says object only.
  return call('DataTransfer', payload as PlatformRequest<'DataTransfer'>, {
    judge: (answer) => acceptedOr(answer, { data: answer.data ?? null }),
  });
};

/** The upload itself is told by `LogStatusNotification`. */
export const diagnose = (command: CommandOf<'diagnose'>, { station, nowMs }: Link): Turn => {
  const { log, uploadTo, from, until, retries, retryIntervalS } = command;
  const requestId = station.nextRequestId(nowMs);
  const payload: PlatformRequest<'GetLog'> = {
    requestId,
    logType: log === 'security' ? 'SecurityLog' : 'DiagnosticsLog',
    log: {
      remoteLocation: uploadTo,
      ...(from !== null && { oldestTimestamp: from }),
      ...(until !== null && { latestTimestamp: until }),
    },
    ...(retries !== null && { retries }),
    ...(retryIntervalS !== null && { retryInterval: retryIntervalS }),
  };
  return call('GetLog', payload, {
    judge: (answer) => acceptedOr(answer, { requestId, fileName: answer.filename ?? null }, ['AcceptedCanceled']),
  });
};

/** The station fetches it; how far it is, `FirmwareStatusNotification` tells. Signed where its maker signed it. */
export function firmware(command: CommandOf<'firmware.update'>, { station, nowMs }: Link): Turn | CommandOutcome {
  const { source } = command;
  if (source === undefined) return unsupported('firmware_is_fetched');
  const { location, user, password, retrieveAt, installAt, retries, retryIntervalS, signing } = source;
  const requestId = station.nextRequestId(nowMs);
  const payload: PlatformRequest<'UpdateFirmware'> = {
    requestId,
    firmware: {
      location: withCredentials(location, user, password),
      retrieveDateTime: retrieveAt ?? new Date(nowMs).toISOString(),
      ...(installAt !== undefined && { installDateTime: installAt }),
      ...(signing !== undefined && {
        signingCertificate: signing.certificatePem,
        signature: signing.signatureBase64,
      }),
    },
    ...(retries !== undefined && { retries }),
    ...(retryIntervalS !== undefined && { retryInterval: retryIntervalS }),
  };
  return call('UpdateFirmware', payload, {
    judge: (answer) => acceptedOr(answer, { requestId, signed: signing !== undefined }, ['AcceptedCanceled']),
  });
}
function withCredentials(location: string, user: string | undefined, password: string | undefined): string {
  if (user === undefined) return location;
  const at = location.indexOf('//') + 2;
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  return `${location.slice(0, at)}${encodeURIComponent(user)}${secret}@${location.slice(at)}`;
}

const ROOTS = {
  platform: 'CSMSRootCertificate',
  manufacturer: 'ManufacturerRootCertificate',
  v2g: 'V2GRootCertificate',
  mobility_operator: 'MORootCertificate',
} as const;
export const trustCertificate = ({ use, certificatePem }: CommandOf<'certificate.trust'>): Turn =>
  call(
    'InstallCertificate',
    { certificateType: ROOTS[use], certificate: certificatePem },
    { judge: (answer) => acceptedOr(answer) },
  );
export const listCertificates = ({ use }: CommandOf<'certificate.list'>): Turn =>
  call('GetInstalledCertificateIds', use === null ? {} : { certificateType: [ROOTS[use]] }, {
    judge: (answer) => acceptedOr(answer, { certificates: answer.certificateHashDataChain ?? [] }, ['NotFound']),
  });
export const removeCertificate = ({ certificate }: CommandOf<'certificate.remove'>): Turn => {
  const { algorithm, ...names } = certificate;
  return call(
    'DeleteCertificate',
    { certificateHashData: { hashAlgorithm: algorithm, ...names } },
    { judge: (answer) => acceptedOr(answer, { certificate }, ['NotFound']) },
  );
};

/** The certificate that the station had asked for. */
export const installCertificate = ({ chainPem, use }: CommandOf<'certificate.install'>): Turn =>
  call(
    'CertificateSigned',
    {
      certificateChain: chainPem,
      certificateType: use === 'v2g' ? 'V2GCertificate' : 'ChargingStationCertificate',
    },
    { judge: (answer) => acceptedOr(answer) },
  );
