import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { ReplayOptions } from '../cli/options';
import type { Screen } from '../cli/statistics-view';
import { readCapture } from './capture';
import type { Capture, CapturedFrame } from './capture';

/** How long the last answers may take. */
const LISTEN_MS = 2_000;
const CALL = Buffer.from('[2'); // what a station of OCPP asks; its answers to us would be answers to nothing

/** A device's end of a connection, as far as a replay needs one. */
interface Line {
  send(bytes: Uint8Array): void;
  close(): void;
}

/** Says again what a device said, with its pauses. False: the other side hung up before the end. */
export async function replay(options: ReplayOptions, screen: Screen, stopped: AbortSignal): Promise<boolean> {
  const capture = readCapture(await readFile(options.file, 'utf8'));
  const frames = capture.frames.filter((frame) => isSaid(frame, capture));
  const heard = { bytes: 0, messages: 0, hungUp: false };
  const line = await open(capture, options, {
    heard: (size) => {
      heard.bytes += size;
      heard.messages++;
    },
    closed: () => (heard.hungUp = true),
  });
  let sent = 0;
  let lastMs = frames[0]?.atMs ?? 0;
  for (const { atMs, bytes } of frames) {
    await pause(Math.min(options.maxGap * 1_000, (atMs - lastMs) / options.speed), stopped);
    if (heard.hungUp || stopped.aborted) break;
    line.send(bytes);
    sent++;
    lastMs = atMs;
  }
  await pause(LISTEN_MS, stopped);
  const { hungUp } = heard;
  line.close();
  const left = capture.frames.filter(({ direction }) => direction === 'up').length - sent;
  screen.write(
    `${capture.phyId} (${capture.protocol ?? 'nothing'}): ${sent.toString()} frames sent, ${left.toString()} left out; ` +
      `${heard.bytes.toString()} bytes heard${hungUp ? '; the other side hung up' : ''}\n`,
  );
  return !hungUp;
}

const isSaid = ({ direction, bytes, cut }: CapturedFrame, { isText }: Capture): boolean =>
  direction === 'up' && !cut && (!isText || Buffer.compare(bytes.subarray(0, CALL.length), CALL) === 0);

interface Ear {
  heard(bytes: number): void;
  closed(): void;
}
async function open(capture: Capture, { to, password }: ReplayOptions, ear: Ear): Promise<Line> {
  if (!capture.isText) {
    const socket = connect({ ...to, noDelay: true });
    await once(socket, 'connect');
    socket.on('data', ({ length }) => {
      ear.heard(length);
    });
    socket.on('error', () => undefined); // `close` follows
    socket.on('close', () => {
      ear.closed();
    });
    return {
      send: (bytes) => socket.write(bytes),
      close: () => socket.destroy(),
    };
  }
  const { phyId, protocol } = capture;
  const auth = password === null ? {} : { auth: `${phyId}:${password}` };
  const url = `ws://${to.host}:${to.port.toString()}/ocpp/${encodeURIComponent(phyId)}`;
  const socket = new WebSocket(url, protocol ?? '', auth);
  await once(socket, 'open');
  socket.on('message', (data: Buffer) => {
    ear.heard(data.length);
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    ear.closed();
  });
  return {
    send: (bytes) => {
      socket.send(Buffer.from(bytes).toString());
    },
    close: () => {
      socket.terminate();
    },
  };
}

async function pause(ms: number, stopped: AbortSignal): Promise<void> {
  if (stopped.aborted || ms <= 0) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopped.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
