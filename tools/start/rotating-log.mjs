// A log file that never grows past its limit: `app.log`, then `app.log.1` … `app.log.5`, oldest last.
import fs from 'node:fs';
import path from 'node:path';

const TAIL_BYTES = 4_000;

export class RotatingLog {
  #file;
  #maxBytes;
  #keep;
  #fd;
  #size;
  #tail = '';

  constructor(file, { maxBytes = 10_000_000, keep = 5 } = {}) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#keep = keep;
    fs.mkdirSync(path.dirname(file), { recursive: true });
    this.#open();
  }

  /** @param {Buffer} chunk */
  write(chunk) {
    if (this.#size > 0 && this.#size + chunk.length > this.#maxBytes) this.#rotate();
    fs.writeSync(this.#fd, chunk);
    this.#size += chunk.length;
    this.#tail = (this.#tail + chunk).slice(-TAIL_BYTES);
  }

  /** What was written last, for the message that says why an app ended. */
  get tail() {
    return this.#tail;
  }

  close() {
    fs.closeSync(this.#fd);
  }

  #open() {
    this.#fd = fs.openSync(this.#file, 'a', 0o600);
    this.#size = fs.fstatSync(this.#fd).size;
  }

  #rotate() {
    this.close();
    fs.rmSync(`${this.#file}.${this.#keep}`, { force: true });
    for (let age = this.#keep - 1; age >= 1; age--)
      if (fs.existsSync(`${this.#file}.${age}`)) fs.renameSync(`${this.#file}.${age}`, `${this.#file}.${age + 1}`);
    fs.renameSync(this.#file, `${this.#file}.1`);
    this.#open();
  }
}
