import { hash53 } from '@chargebus/domain';

/** Names the calls of one connection: UUIDs of version 4 in form, and a function of what is given in content. */
export class MessageIds {
  private count = 0;

  /** `seed` differs between connections of a process, the time between processes. */
  constructor(
    private readonly deviceId: string,
    private readonly seed: number,
  ) {}

  next(nowMs: number): string {
    return uuidOf(`${this.deviceId}\u0000${this.seed}\u0000${nowMs}\u0000${++this.count}`);
  }
}

/** 122 bits of a text. */
export function uuidOf(text: string): string {
  const bits = ['a', 'b', 'c']
    .map((salt) =>
      hash53(salt + text + salt)
        .toString(16)
        .padStart(14, '0'),
    )
    .join('');
  const variant = '89ab'.charAt(parseInt(bits.charAt(15), 16) & 3);
  return `${bits.slice(1, 9)}-${bits.slice(9, 13)}-4${bits.slice(16, 19)}-${variant}${bits.slice(19, 22)}-${bits.slice(30, 42)}`;
}
