import { iamChangedSubject } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import type { Logger } from '@chargebus/observability';
import { asSystem } from '@chargebus/persistence';
import type { Database } from '@chargebus/persistence';
import type { EndpointRepository, MakerRights } from '@chargebus/persistence/webhook';
import { GetClientAccess } from '@chargebus/requests';
import type { ClientAccess } from '@chargebus/requests';
import { Ticker } from '@chargebus/runtime';
import type { Disabling } from './disabling';

const EVERY_MS = 60_000; // keys expire without word, and word gets lost
const ASKED_AT_ONCE = 500;
const SCOPE = asSystem('makers of endpoints of every tenant');

/** Lets no endpoint outlive or outreach the access of who made it (ADR 0045). Harmless from many replicas at once. */
export class MakerWatch {
  private readonly ticker: Ticker;

  constructor(
    private readonly database: Database,
    private readonly bus: Pick<Bus, 'ask' | 'nc'>,
    private readonly endpoints: EndpointRepository,
    private readonly disabling: Disabling,
    logger: Logger,
  ) {
    this.ticker = new Ticker('makers of endpoints', EVERY_MS, logger, () => this.followAll());
  }

  start(): void {
    const look = (): void => {
      this.ticker.wake();
    };
    this.bus.nc.subscribe(iamChangedSubject('clients'), { callback: look });
    this.ticker.start();
  }
  stop(): Promise<void> {
    return this.ticker.stop();
  }

  private async followAll(): Promise<void> {
    const makers = await this.endpoints.makers(this.database.alone(SCOPE));
    for (let at = 0; at < makers.length; at += ASKED_AT_ONCE) {
      const { items } = await this.bus.ask(GetClientAccess, { clientIds: makers.slice(at, at + ASKED_AT_ONCE) });
      await this.follow(rightsOf(items));
    }
  }

  private async follow(rights: MakerRights): Promise<void> {
    const { disabled, alarms } = await this.database.transaction(SCOPE, async (tx) => {
      const disabled = await this.endpoints.follow(tx, rights);
      return { disabled, alarms: await this.disabling.announce(tx, disabled) };
    });
    await this.disabling.publish(alarms);
    if (disabled.length > 0) await this.disabling.cancelWaiting(disabled);
  }
}

function rightsOf(clients: readonly ClientAccess[]): MakerRights {
  const limited = clients.flatMap(({ clientId, within }) => (within === null ? [] : [{ clientId, within }]));
  const those = (state: ClientAccess['state']) =>
    clients.filter((client) => client.state === state).map(({ clientId }) => clientId);
  return { limited, revoked: those('revoked'), suspended: those('suspended') };
}
