import type { Clock } from './clock';
import type { Faults } from './faults';
import type { Random } from './random';

const HELD_AT_MOST_MS = 500; // real time
const BETWEEN_PIECES_MS = 80;

/** Damages the way out: between a device that speaks whole frames and its socket. One per connection that has faults. */
export class FaultyWriter {
  private overtaken: Uint8Array | null = null; // goes out behind the next frame
  private glued: Uint8Array[] = []; // go out in one write with the next frame
  private tail: Uint8Array | null = null; // second piece of a split write
  private readonly queue: Uint8Array[] = []; // frames that wait for the second piece

  constructor(
    private readonly write: (bytes: Uint8Array) => void,
    private readonly breakOff: () => void,
    private readonly faults: Faults,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  send(frame: Uint8Array): void {
    if (this.tail !== null) {
      this.queue.push(frame);
      return;
    }
    if (this.overtaken === null && this.faults.strikes('reorder')) {
      this.overtaken = frame;
      this.later(HELD_AT_MOST_MS, () => {
        this.flush();
      });
      return;
    }
    if (this.faults.strikes('glue')) {
      this.glued.push(frame);
      this.later(HELD_AT_MOST_MS, () => {
        this.flush();
      });
      return;
    }
    this.emit(this.faults.strikes('corrupt') ? this.corrupted(frame) : frame);
  }

  /** Sends what was held back and found no follower. */
  flush(): void {
    if (this.overtaken !== null || this.glued.length > 0) this.emit(new Uint8Array(0));
  }

  private emit(frame: Uint8Array): void {
    const bytes = Buffer.concat([...this.glued, frame, ...(this.overtaken === null ? [] : [this.overtaken])]);
    this.glued = [];
    this.overtaken = null;
    const inside = this.random.integer(1, Math.max(1, bytes.length - 1));
    if (this.faults.strikes('cut')) {
      this.write(bytes.subarray(0, inside));
      this.breakOff();
    } else if (bytes.length > 1 && this.faults.strikes('split')) {
      this.write(bytes.subarray(0, inside));
      this.tail = bytes.subarray(inside);
      this.later(BETWEEN_PIECES_MS, () => {
        this.finishSplit();
      });
    } else this.write(bytes);
  }

  private finishSplit(): void {
    if (this.tail === null) return;
    this.write(this.tail);
    this.tail = null;
    const waiting = this.queue.splice(0);
    for (const frame of waiting) this.send(frame); // a frame that is split again puts the rest back into the queue
  }

  private corrupted(frame: Uint8Array): Uint8Array {
    const copy = Uint8Array.from(frame);
    const at = this.random.integer(0, copy.length - 1);
    copy[at] = (copy[at] ?? 0) ^ this.random.integer(1, 255);
    return copy;
  }

  private later(realMs: number, task: () => void): void {
    this.clock.after(this.clock.fromReal(realMs), task);
  }
}
