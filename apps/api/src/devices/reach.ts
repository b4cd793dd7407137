import { ANY_DEVICE, meansAnyDevice } from '@chargebus/domain';
import type { DeviceFilter, DeviceId } from '@chargebus/domain';
import { ValidationFailed } from '@chargebus/errors';
import type { AppError } from '@chargebus/errors';
import type { Bus, RequestContext } from '@chargebus/messaging';
import { SelectDevices } from '@chargebus/requests';
import { audienceOf } from '../auth/audience';
import type { Caller } from '../auth/caller';

const AT_ONCE = 2_000;
/** More devices than that are not told apart: a scope so wide is better made of a tenant. */
const MOST = 10_000;

/**
 * Data scopes for rows that name a device and lie with apps that know neither regions nor groups (commands, approvals):
 * `session` is asked which devices the caller may touch. Principals without a data scope cost no question.
 */
export class Reach {
  constructor(private readonly bus: Pick<Bus, 'ask'>) {}

  /** Throws `refusal()` when the device is not the caller's to touch. */
  async refuseBeyond(
    caller: Caller,
    deviceId: DeviceId,
    refusal: () => AppError,
    context: RequestContext,
  ): Promise<void> {
    if (caller.within === null) return;
    const [reached] = await this.within(caller, [deviceId], context);
    if (reached === undefined) throw refusal();
  }

  /** Those of `deviceIds` that the caller may touch. */
  async within(caller: Caller, deviceIds: readonly DeviceId[], context: RequestContext): Promise<readonly DeviceId[]> {
    if (caller.within === null || deviceIds.length === 0) return deviceIds;
    return this.select(caller, { ...ANY_DEVICE, deviceIds: [...deviceIds] }, context);
  }

  /** Those that a filter means and the caller may touch; null: all of the tenant. Throws when they are too many to name. */
  async meant(caller: Caller, filter: DeviceFilter, context: RequestContext): Promise<readonly DeviceId[] | null> {
    const isAny = meansAnyDevice(filter);
    if (isAny && caller.within === null) return null;
    const meant = await this.select(caller, filter, context);
    if (!isAny && meant.length >= MOST)
      throw new ValidationFailed({ summary: `${MOST.toString()} devices or more fit: narrow them down` });
    return meant;
  }

  private async select(caller: Caller, filter: DeviceFilter, context: RequestContext): Promise<readonly DeviceId[]> {
    const reached: DeviceId[] = [];
    let cursor: DeviceId | null = null;
    do {
      const request = { ...audienceOf(caller), filter, cursor, limit: AT_ONCE };
      const page: { items: { deviceId: DeviceId }[]; cursor: DeviceId | null } = await this.bus.ask(
        SelectDevices,
        request,
        { context },
      );
      reached.push(...page.items.map(({ deviceId }) => deviceId));
      cursor = page.cursor;
    } while (cursor !== null && reached.length < MOST);
    return reached;
  }
}
