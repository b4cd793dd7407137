import { toInstant } from '@chargebus/domain';
import type { CommandOf, CommandOutcome } from '@chargebus/domain';
import { acked, done, then, unsupported } from '../../connection/ask';
import type { Turn, Wait } from '../../connection/ask';
import type { PlatformRequest, PlatformResponse } from '../messages';
import { acceptedOr, call, requestOf, toIdTag } from './call';
import type { Link } from './call';

const REBOOT_MS = 120_000;

/** The end of the connection, or the boot after it, shows that it was obeyed. */
export function reboot({ scope, force }: CommandOf<'device.reboot'>, link: Link): Turn | CommandOutcome {
  if (scope !== 'device') return unsupported('reboot_scope');
  const evidence = (what: string): CommandOutcome => ({ status: 'acked', result: { evidence: what } });
  const boots: Wait = {
    waitMs: REBOOT_MS,
    hears: (heard) => (requestOf('BootNotification', heard) === null ? null : done(evidence('boot'))),
    onSilence: () => done(evidence('reply')),
    onClosed: () => evidence('connection_closed'),
  };
  return call('Reset', { type: force === true ? 'Hard' : 'Soft' }, link, {
    judge: (answer) => (answer.status === 'Accepted' ? then(boots) : acceptedOr(answer)),
  });
}

/** Ends a charge that runs there. */
export const unlock = ({ portNo }: CommandOf<'port.unlock'>, link: Link): Turn =>
  call('UnlockConnector', { connectorId: portNo }, link, { judge: (answer) => acceptedOr(answer, {}, ['Unlocked']) });

/** `Scheduled`: after the charge that runs there. */
export const availability = ({ portNo, available }: CommandOf<'port.availability'>, link: Link): Turn =>
  call('ChangeAvailability', { connectorId: portNo ?? 0, type: available ? 'Operative' : 'Inoperative' }, link, {
    judge: (answer) => acceptedOr(answer, {}, ['Scheduled']),
  });

export function reserve(command: CommandOf<'reserve'>, link: Link): Turn {
  const { portNo, reservationId, cardId, groupId, expiresAt } = command;
  const payload: PlatformRequest<'ReserveNow'> = {
    connectorId: portNo ?? 0,
    expiryDate: expiresAt,
    idTag: toIdTag(cardId),
    reservationId,
    ...(groupId !== null && { parentIdTag: toIdTag(groupId) }),
  };
  return call('ReserveNow', payload, link, { judge: (answer) => acceptedOr(answer, { reservationId }) });
}
export const cancelReservation = ({ reservationId }: CommandOf<'reserve.cancel'>, link: Link): Turn =>
  call('CancelReservation', { reservationId }, link, { judge: (answer) => acceptedOr(answer) });

/** A station without a cache refuses; then there is nothing to clear. */
export const clearCache = (_command: CommandOf<'cache.clear'>, link: Link): Turn =>
  call('ClearCache', {}, link, { judge: ({ status }) => acked({ status }) });

const TOPICS = {
  boot: 'BootNotification',
  heartbeat: 'Heartbeat',
  status: 'StatusNotification',
  meter_values: 'MeterValues',
  diagnostics_status: 'DiagnosticsStatusNotification',
  firmware_status: 'FirmwareStatusNotification',
} as const;
/** The message follows the answer. */
export function trigger({ topic, portNo }: CommandOf<'trigger'>, link: Link): Turn | CommandOutcome {
  if (topic === 'transaction') return unsupported('no_such_message');
  const place = portNo === null ? {} : { connectorId: portNo };
  const judge = (answer: PlatformResponse<'TriggerMessage'>): Turn =>
    answer.status === 'NotImplemented'
      ? done({ status: 'unsupported', reason: 'not_implemented' })
      : acceptedOr(answer);
  return topic === 'certificate_request'
    ? call('ExtendedTriggerMessage', { requestedMessage: 'SignChargePointCertificate' }, link, { judge })
    : call('TriggerMessage', { requestedMessage: TOPICS[topic], ...place }, link, { judge });
}

export function dataTransfer({ vendorId, messageId, data }: CommandOf<'data.transfer'>, link: Link): Turn {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  const payload = { vendorId, ...(messageId !== null && { messageId }), ...(data !== null && { data: text }) };
  return call('DataTransfer', payload, link, { judge: (answer) => acceptedOr(answer, { data: answer.data ?? null }) });
}

/** By the newer action where the station has it. The upload itself is told by notifications. */
export function diagnose(command: CommandOf<'diagnose'>, link: Link): Turn {
  const { log, uploadTo, from, until, retries, retryIntervalS } = command;
  const again = {
    ...(retries !== null && { retries }),
    ...(retryIntervalS !== null && { retryInterval: retryIntervalS }),
  };
  const older = (): Turn => {
    const times = { ...(from !== null && { startTime: from }), ...(until !== null && { stopTime: until }) };
    return call('GetDiagnostics', { location: uploadTo, ...again, ...times }, link, {
      judge: ({ fileName = null }) => acked({ fileName, empty: fileName === null }),
    });
  };
  if (log === 'diagnostics' && link.station.lacks.has('GetLog')) return older();
  const requestId = link.station.nextRequestId(link.nowMs);
  const payload: PlatformRequest<'GetLog'> = {
    logType: log === 'security' ? 'SecurityLog' : 'DiagnosticsLog',
    requestId,
    ...again,
    log: {
      remoteLocation: uploadTo,
      ...(from !== null && { oldestTimestamp: from }),
      ...(until !== null && { latestTimestamp: until }),
    },
  };
  return call('GetLog', payload, link, {
    judge: (answer) => acceptedOr(answer, { requestId, fileName: answer.filename ?? null }, ['AcceptedCanceled']),
    ...(log === 'diagnostics' && { without: older }),
  });
}

/** The station fetches it; how far it is, notifications tell. Signed where its maker signed it and the station checks. */
export function firmware(command: CommandOf<'firmware.update'>, link: Link): Turn | CommandOutcome {
  const { source } = command;
  if (source === undefined) return unsupported('firmware_is_fetched');
  const { retrieveAt, installAt, retries, retryIntervalS, signing } = source;
  const location = withCredentials(source);
  const retrieveDate = retrieveAt ?? toInstant(link.nowMs);
  const again = {
    ...(retries !== undefined && { retries }),
    ...(retryIntervalS !== undefined && { retryInterval: retryIntervalS }),
  };
  const plain = (): Turn =>
    call('UpdateFirmware', { location, retrieveDate, ...again }, link, { judge: () => acked({ signed: false }) });
  if (signing === undefined || link.station.lacks.has('SignedUpdateFirmware')) return plain();
  const requestId = link.station.nextRequestId(link.nowMs);
  const payload: PlatformRequest<'SignedUpdateFirmware'> = {
    requestId,
    ...again,
    firmware: {
      location,
      retrieveDateTime: retrieveDate,
      ...(installAt !== undefined && { installDateTime: installAt }),
      signingCertificate: signing.certificatePem,
      signature: signing.signatureBase64,
    },
  };
  return call('SignedUpdateFirmware', payload, link, {
    judge: (answer) => acceptedOr(answer, { requestId, signed: true }, ['AcceptedCanceled']),
    without: plain,
  });
}
function withCredentials({ location, user, password }: NonNullable<CommandOf<'firmware.update'>['source']>): string {
  if (user === undefined) return location;
  const at = location.indexOf('//') + 2;
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  return `${location.slice(0, at)}${encodeURIComponent(user)}${secret}@${location.slice(at)}`;
}

const ROOTS = { platform: 'CentralSystemRootCertificate', manufacturer: 'ManufacturerRootCertificate' } as const;
export function trustCertificate(command: CommandOf<'certificate.trust'>, link: Link): Turn | CommandOutcome {
  const { use, certificatePem } = command;
  if (use !== 'platform' && use !== 'manufacturer') return unsupported('no_vehicle_certificates');
  const payload = { certificateType: ROOTS[use], certificate: certificatePem };
  return call('InstallCertificate', payload, link, { judge: (answer) => acceptedOr(answer) });
}
export function listCertificates({ use }: CommandOf<'certificate.list'>, link: Link): Turn | CommandOutcome {
  if (use === 'v2g' || use === 'mobility_operator') return unsupported('no_vehicle_certificates');
  const uses = use === null ? (['platform', 'manufacturer'] as const) : [use];
  const list = (left: readonly (keyof typeof ROOTS)[], found: readonly unknown[]): Turn => {
    const [next, ...rest] = left;
    if (next === undefined) return acked({ certificates: found });
    return call('GetInstalledCertificateIds', { certificateType: ROOTS[next] }, link, {
      judge: ({ certificateHashData = [] }) =>
        list(rest, [...found, ...certificateHashData.map((hash) => ({ use: next, ...hash }))]),
    });
  };
  return list(uses, []);
}
/** `NotFound`: there was none, so none is left. */
export function removeCertificate({ certificate }: CommandOf<'certificate.remove'>, link: Link): Turn {
  const { algorithm, ...names } = certificate;
  const payload = { certificateHashData: { hashAlgorithm: algorithm, ...names } };
  return call('DeleteCertificate', payload, link, {
    judge: (answer) => acceptedOr(answer, { certificate }, ['NotFound']),
  });
}
/** The certificate that the station had asked for. */
export function installCertificate(command: CommandOf<'certificate.install'>, link: Link): Turn | CommandOutcome {
  if (command.use !== 'station') return unsupported('no_vehicle_certificates');
  return call('CertificateSigned', { certificateChain: command.chainPem }, link, {
    judge: (answer) => acceptedOr(answer),
  });
}
