import { factId, notice, now } from '../../connection/version';
import type { Meaning } from '../connection/incoming';
import { firmwareStageOf } from '../../tables/firmware-stages';

/** `Idle` and what no document names only answer a trigger. */
export const meansFirmwareStatus: Meaning<'FirmwareStatusNotification'> = ({ status, requestId }, incoming) => {
  const { deviceId, at } = incoming;
  const stage = firmwareStageOf(status);
  if (stage === null) return { facts: [notice(incoming, 'firmware_status', { status })], reply: now({}) };
  return {
    facts: [
      {
        type: 'firmware.progress',
        id: factId(incoming),
        deviceId,
        at,
        phase: stage.phase,
        packet: null,
        totalPackets: null,
        reason: stage.phase === 'failed' ? status : null,
        attributes: { status, stage: stage.stage, percent: stage.percent, requestId: requestId ?? null },
      },
    ],
    reply: now({}),
  };
};

const UPLOAD_FAILURES: ReadonlySet<string> = new Set([
  'UploadFailure',
  'BadMessage',
  'PermissionDenied',
  'NotSupportedOperation',
]);
export const meansLogStatus: Meaning<'LogStatusNotification'> = ({ status, requestId }, incoming) => {
  const outcome = status === 'Uploaded' ? 'done' : UPLOAD_FAILURES.has(status) ? 'failed' : 'running';
  return { facts: [notice(incoming, 'log_upload', { status, outcome, requestId: requestId ?? null })], reply: now({}) };
};

export const meansPublishFirmware: Meaning<'PublishFirmwareStatusNotification'> = (request, incoming) => ({
  facts: [notice(incoming, 'firmware_publishing', { ...request })],
  reply: now({}),
});
