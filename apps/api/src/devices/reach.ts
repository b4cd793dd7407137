import { ANY_DEVICE } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
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
    return this.select(caller, deviceIds, context);
  }

  /** All devices that the caller may touch; null: all of the tenant. */
  async all(caller: Caller, context: RequestContext): Promise<readonly DeviceId[] | null> {
    return caller.within === null ? null : this.select(caller, null, context);
  }

  private async select(
    caller: Caller,
    deviceIds: readonly DeviceId[] | null,
    context: RequestContext,
  ): Promise<readonly DeviceId[]> {
    const filter = { ...ANY_DEVICE, deviceIds: deviceIds === null ? null : [...deviceIds] };
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
