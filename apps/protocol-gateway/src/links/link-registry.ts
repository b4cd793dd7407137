import type { CloseReason, DeviceLink } from './device-link';
import { Link } from './link';
import type { LinkHost, Wire } from './link';
import { MessageLink } from './message-link';
import type { MessageLinkOptions, MessageWire } from './message-link';

const SWEEP_MS = 1_000;

/** All connections of the process, and the one timer that watches over them. */
export class LinkRegistry {
  private readonly links = new Set<DeviceLink>();
  private linkNo = 0;
  private held = false;
  private cancelSweep: (() => void) | null = null;

  constructor(
    private readonly instance: string,
    private readonly host: LinkHost,
  ) {}

  get size(): number {
    return this.links.size;
  }

  start(): void {
    this.cancelSweep = this.host.clock.after(SWEEP_MS, () => {
      this.sweep();
      this.start();
    });
  }

  add(wire: Wire, remoteAddress: string): Link {
    const no = ++this.linkNo;
    return this.keep(new Link(this.host, no, this.idOf(no), remoteAddress, wire));
  }

  /** A device that has proved who it is; it is taken from whatever connection had it. */
  addMessages(wire: MessageWire, remoteAddress: string, options: Omit<MessageLinkOptions, 'predecessor'>): MessageLink {
    const no = ++this.linkNo;
    const { clock, routes } = this.host;
    const predecessor = routes.find(options.deviceId)?.link ?? null;
    const link = new MessageLink(this.host, no, this.idOf(no), remoteAddress, wire, { ...options, predecessor });
    this.keep(link);
    routes.seen(link, options.deviceId, clock.nowMs());
    return link;
  }

  /** The socket is gone. */
  remove(link: DeviceLink): void {
    link.ended();
    this.links.delete(link);
  }

  /** Reads no device while the bus cannot take what they say. */
  holdAll(hold: boolean): void {
    if (hold === this.held) return;
    this.held = hold;
    if (hold) this.host.metrics.pauses.inc({ cause: 'backlog' });
    for (const link of this.links)
      if (hold) link.hold();
      else link.release();
  }

  /**
   * Closes the connections that can be told why, at random moments within `spreadMs`, so that their devices do not all
   * knock at another replica at once. Resolves when the last one was told.
   */
  async dismissMessages(spreadMs: number): Promise<void> {
    const leaving = [...this.links].filter((link) => link instanceof MessageLink && link.isOpen);
    await Promise.all(
      leaving.map(
        (link) =>
          new Promise<void>((resolve) => {
            this.host.clock.after(Math.random() * spreadMs, () => {
              link.close('gateway_shutdown');
              resolve();
            });
          }),
      ),
    );
  }

  stop(reason: CloseReason): void {
    this.cancelSweep?.();
    for (const link of this.links) link.close(reason);
  }

  private idOf(no: number): string {
    return `${this.instance}-${no.toString(36)}`;
  }

  private keep<L extends DeviceLink>(link: L): L {
    this.links.add(link);
    if (this.held) link.hold();
    return link;
  }

  private sweep(): void {
    const nowMs = this.host.clock.nowMs();
    for (const link of this.links) if (link.isOpen) link.sweep(nowMs);
    this.host.frames.beat();
  }
}
