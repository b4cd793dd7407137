import type { DeviceId } from '@chargebus/domain';
import type { FrameWindow, KeptFrame } from './frame-archive';
import { frameView } from './frame.view';
import type { LiveNews } from './live-frames';

/** Server-sent events. */
export async function* eventsOf(news: AsyncIterable<LiveNews>): AsyncGenerator<string> {
  for await (const one of news) {
    if ('frame' in one) yield `event: frame\ndata: ${JSON.stringify(frameView(one.frame))}\n\n`;
    else if ('missed' in one) yield `: ${one.missed.toString()} frames left out\n\n`;
    else yield ': watching\n\n';
  }
}

/** JSON lines: what the file is, then one frame a line. */
export async function* captureOf(
  deviceId: DeviceId,
  { from, to }: FrameWindow,
  frames: AsyncIterable<KeptFrame>,
): AsyncGenerator<string> {
  const head = { format: 'chargebus-capture', version: 1, phy_id: deviceId, from, to };
  yield `${JSON.stringify(head)}\n`;
  for await (const { frame } of frames) yield `${JSON.stringify(frameView(frame))}\n`;
}
