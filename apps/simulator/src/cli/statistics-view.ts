import type { StatisticsSnapshot } from '../core/statistics';

export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const rate = (now: number, before: number, elapsedS: number): string =>
  elapsedS <= 0 ? '0' : Math.round((now - before) / elapsedS).toString();

/** Shows a fleet's statistics: a block that is redrawn on a terminal, a line each time elsewhere. */
export class StatisticsView {
  private before: { readonly snapshot: StatisticsSnapshot; readonly atMs: number } | null = null;
  private drawnLines = 0;

  constructor(
    private readonly screen: Screen,
    private readonly title: string,
  ) {}

  show(snapshot: StatisticsSnapshot, atMs: number): void {
    if (this.screen.isTTY === true) this.redraw(this.block(snapshot, atMs));
    else this.screen.write(`${this.line(snapshot, atMs)}\n`);
    this.before = { snapshot, atMs };
  }

  private rates(snapshot: StatisticsSnapshot, atMs: number): { readonly up: string; readonly down: string } {
    const { snapshot: before, atMs: beforeMs } = this.before ?? { snapshot, atMs };
    const elapsedS = (atMs - beforeMs) / 1000;
    return {
      up: rate(snapshot.framesUp, before.framesUp, elapsedS),
      down: rate(snapshot.framesDown, before.framesDown, elapsedS),
    };
  }

  private line(s: StatisticsSnapshot, atMs: number): string {
    const { up, down } = this.rates(s, atMs);
    return [
      `connected ${s.connected}/${s.devices}`,
      `registered ${s.registered}`,
      `charging ${s.charging}`,
      `frames/s up ${up} down ${down}`,
      `charges ${s.chargesStarted} started ${s.chargesEnded} ended`,
      `settlements ${s.settlementsSent} sent ${s.settlementsAcknowledged} acknowledged`,
      `unanswered ${s.unanswered}`,
      `errors ${s.errors}`,
      ...(s.lastConnectError === '' ? [] : [`not connected: ${s.connectErrors} (${s.lastConnectError})`]),
    ].join(', ');
  }

  private block(s: StatisticsSnapshot, atMs: number): string[] {
    const { up, down } = this.rates(s, atMs);
    const row = (name: string, text: string): string => `  ${name.padEnd(13)}${text}`;
    return [
      this.title,
      row(
        'devices',
        `${s.connected} of ${s.devices} connected, ${s.registered} registered, ${s.disconnects} lost, ${s.connectErrors} failed ${s.lastConnectError}`,
      ),
      row(
        'charges',
        `${s.charging} ports charging, ${s.chargesStarted} started, ${s.chargesEnded} ended, ${s.startsRefused} refused`,
      ),
      row('frames/s', `${up} up, ${down} down (${s.framesUp} and ${s.framesDown} altogether)`),
      row('settlements', `${s.settlementsSent} sent, ${s.settlementsAcknowledged} acknowledged`),
      row(
        'requests',
        `${s.requests} asked, ${s.answers} answered, ${s.retransmissions} sent again, ${s.unanswered} given up`,
      ),
      row('orders', `${s.ordersReceived} received`),
      row('errors', `${s.errors} of the platform, ${s.faultsInjected} injected`),
    ];
  }

  private redraw(lines: readonly string[]): void {
    const up = this.drawnLines > 0 ? `\u001b[${this.drawnLines}A` : '';
    this.screen.write(up + lines.map((line) => `\u001b[2K${line}\n`).join(''));
    this.drawnLines = lines.length;
  }
}
