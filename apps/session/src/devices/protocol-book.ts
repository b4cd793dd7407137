import type { Capabilities } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { DescribeProtocols } from '@chargebus/requests';

const FRESH_MS = 60_000;
/** A device is shown without its capabilities rather than late. */
const PATIENCE_MS = 500;

/**
 * What each protocol can do, as the gateway says. What was heard stays known while no gateway answers, and is asked for
 * again once it is a minute old: a new release of the gateway may speak more.
 */
export class ProtocolBook {
  private known: ReadonlyMap<string, Capabilities> = new Map();
  private heardAtMs = -Infinity;
  private asking: Promise<void> | null = null;

  constructor(
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly logger: Logger,
    private readonly now: () => number,
  ) {}

  /** Null: no gateway has told of such a protocol. */
  async find(protocol: string): Promise<Capabilities | null> {
    if (this.now() - this.heardAtMs >= FRESH_MS) {
      const asked = this.ask();
      if (!this.known.has(protocol)) await asked;
    }
    return this.known.get(protocol) ?? null;
  }

  private ask(): Promise<void> {
    this.asking ??= this.bus
      .ask(DescribeProtocols, {}, { extraTimeoutMs: PATIENCE_MS - DescribeProtocols.timeoutMs })
      .then((protocols) => {
        this.known = new Map(protocols.map(({ protocol, orders }) => [protocol, orders as Capabilities]));
        this.heardAtMs = this.now();
      })
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'no gateway says what protocols can do');
      })
      .finally(() => {
        this.asking = null;
      });
    return this.asking;
  }
}
