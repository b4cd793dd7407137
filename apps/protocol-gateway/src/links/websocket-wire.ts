import type { WebSocket } from 'ws';
import type { MessageWire } from './message-link';

const TEXT = { binary: false } as const;

/** A WebSocket as a link sees it. */
export class WebSocketWire implements MessageWire {
  constructor(private readonly socket: WebSocket) {}

  get bufferedAmount(): number {
    return this.socket.bufferedAmount;
  }
  send(message: Uint8Array): void {
    this.socket.send(message, TEXT);
  }
  ping(): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
  }
  close(code: number, reason: string): void {
    this.socket.resume(); // a paused socket would not hear the other side's goodbye
    this.socket.close(code, reason);
  }
  terminate(): void {
    this.socket.terminate();
  }
  pause(): void {
    this.socket.pause();
  }
  resume(): void {
    this.socket.resume();
  }
}
