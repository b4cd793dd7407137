import { notice, now } from '../../connection/version';
import { firmwareFact, uploadFact } from '../../meanings/jobs';
import type { Meaning } from '../connection/incoming';

export const meansFirmwareStatus: Meaning<'FirmwareStatusNotification'> = ({ status, requestId }, incoming) => ({
  facts: [firmwareFact(status, requestId, incoming)],
  reply: now({}),
});
export const meansLogStatus: Meaning<'LogStatusNotification'> = ({ status, requestId }, incoming) => ({
  facts: [uploadFact(status, requestId, incoming)],
  reply: now({}),
});

export const meansPublishFirmware: Meaning<'PublishFirmwareStatusNotification'> = (request, incoming) => ({
  facts: [notice(incoming, 'firmware_publishing', { ...request })],
  reply: now({}),
});
