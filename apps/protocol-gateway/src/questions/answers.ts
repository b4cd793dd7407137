import type { Bus } from '@chargebus/messaging';
import type { Declaration } from '@chargebus/protocol-core';
import { DescribeProtocols } from '@chargebus/requests';

/** A driver, as far as others may know it. */
export interface Declared {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly declaration: Declaration;
}

/** What others ask the gateway: all replicas of an installation speak the same protocols, so any of them answers. */
export class Answers {
  constructor(
    private readonly bus: Pick<Bus, 'answer'>,
    private readonly drivers: readonly Declared[],
  ) {}

  start(): void {
    const protocols = this.drivers.flatMap(({ name, aliases = [], declaration }) =>
      [name, ...aliases].map((protocol) => ({ protocol, orders: declaration.orders })),
    );
    this.bus.answer(DescribeProtocols, () => Promise.resolve(protocols));
  }
}
