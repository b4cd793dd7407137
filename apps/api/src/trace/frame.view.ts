import type { Frame } from '@chargebus/api-contract';
import type { TraceFrame } from '@chargebus/requests';
import type { z } from 'zod';

export const frameView = (frame: TraceFrame): z.output<typeof Frame> => ({
  at: frame.at,
  phy_id: frame.deviceId,
  direction: frame.direction,
  protocol: frame.protocol,
  connection_id: frame.connectionId,
  remote_address: frame.remoteAddress,
  message: frame.message,
  name: frame.name,
  message_id: frame.messageId,
  ok: frame.error === null,
  error: frame.error,
  bytes: frame.bytes,
  text: frame.text,
  hex: frame.hex,
  cut: frame.cut,
  fields: frame.fields ?? null,
});
