import { ANY_DEVICE } from '@chargebus/domain';
import { BeyondDataScope } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import type { TemplateRecord, TemplateVisibility } from '@chargebus/persistence/fleet';
import { GetDeviceGroup, SelectDevices } from '@chargebus/requests';
import type { Audience } from '@chargebus/requests';

type Groups = Pick<TemplateRecord, 'groups'>;

/**
 * Templates and principals with a data scope: they see those of groups in which they reach a device, and change only those
 * whose groups are all in their scope, because what becomes of a template reaches every device of its groups.
 */
export class TemplateReach {
  constructor(private readonly bus: Pick<Bus, 'ask'>) {}

  /** What of templates of these groups the caller sees; null: all of them. */
  async visibility(audience: Audience, groups: readonly string[]): Promise<TemplateVisibility | null> {
    if (audience.within == null) return null;
    const reached = await Promise.all(groups.map((group) => this.reaches(audience, group)));
    return { reached: groups.filter((_, at) => reached[at]), owned: audience.within.groups };
  }

  async sees(audience: Audience, { groups }: Groups): Promise<boolean> {
    const visibility = await this.visibility(audience, groups);
    return visibility === null || visibility.reached.length > 0 || isWithin(groups, visibility.owned);
  }

  /** Throws DEVICE_GROUP_NOT_FOUND. */
  async refuseUnknown({ tenantId }: Audience, { groups }: Groups): Promise<void> {
    await Promise.all(groups.map((code) => this.bus.ask(GetDeviceGroup, { tenantId, code })));
  }

  /** Throws BEYOND_DATA_SCOPE. */
  refuseChange({ within }: Audience, { groups }: Groups): void {
    if (within != null && !isWithin(groups, within.groups))
      throw new BeyondDataScope({ what: 'device groups of the template' });
  }

  private async reaches({ tenantId, within }: Audience, group: string): Promise<boolean> {
    const filter = { ...ANY_DEVICE, groups: [group] };
    const { items } = await this.bus.ask(SelectDevices, { tenantId, within, filter, cursor: null, limit: 1 });
    return items.length > 0;
  }
}

const isWithin = (groups: readonly string[], owned: readonly string[]): boolean =>
  groups.every((group) => owned.includes(group));
