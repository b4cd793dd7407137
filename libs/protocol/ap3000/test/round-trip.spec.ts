import { toHex } from '@chargebus/protocol-core';
import type { FrameDirection } from '@chargebus/protocol-core';
import fc from 'fast-check';
import { decodeFrame, encodeFrame } from '../src';
import { DOWNLINK, UPLINK } from '../src/commands/command-table';
import { wrapPayload } from '../src/frame';

/** Text is cut at its first zero byte, so what stood behind it is lost on purpose (page §16). */
const WITH_TEXT: Readonly<Record<FrameDirection, readonly string[]>> = { up: ['11'], down: ['34', '8E', '95'] };
const cases = (['up', 'down'] as const).flatMap((direction) =>
  Object.keys(direction === 'up' ? UPLINK : DOWNLINK)
    .filter((command) => !WITH_TEXT[direction].includes(command))
    .map((command) => ({ direction, command })),
);

describe('AP3000 frames of any content', () => {
  it.each(cases)('0x$command $direction encodes to the bytes it was decoded from', ({ direction, command }) => {
    const code = Number.parseInt(command, 16);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (payload) => {
        const bytes = wrapPayload({ id: 0x04a26cf3, messageId: 7, code }, payload);
        const decoded = decodeFrame(bytes, direction);
        if (!decoded.ok) expect(decoded.error).toBe('payload_too_short');
        else expect(toHex(encodeFrame({ ...decoded.frame, direction }))).toBe(toHex(bytes));
      }),
    );
  });
});
