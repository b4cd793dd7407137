import type { Counter } from '@chargebus/observability';

interface Tally {
  ok: number;
  rejected: number;
}

/**
 * Counts frames by protocol, command and result. A labelled counter hashes its labels at every call, which is a tenth
 * of a frame's whole cost; so frames are counted here and handed on once a second.
 */
export class FrameTally {
  private readonly protocols = new Map<string, Map<string, Tally>>();

  constructor(private readonly counter: Counter<'protocol' | 'command' | 'result'>) {}

  count(protocol: string, command: string, ok: boolean): void {
    let commands = this.protocols.get(protocol);
    if (commands === undefined) this.protocols.set(protocol, (commands = new Map<string, Tally>()));
    let tally = commands.get(command);
    if (tally === undefined) commands.set(command, (tally = { ok: 0, rejected: 0 }));
    if (ok) tally.ok++;
    else tally.rejected++;
  }

  handOn(): void {
    for (const [protocol, commands] of this.protocols)
      for (const [command, tally] of commands)
        for (const result of ['ok', 'rejected'] as const) {
          if (tally[result] > 0) this.counter.inc({ protocol, command, result }, tally[result]);
          tally[result] = 0;
        }
  }
}
