import { createHash } from 'node:crypto';
import { announceMaintenance } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { toInstant } from '@chargebus/domain';
import type { TenantId } from '@chargebus/domain';
import { TenantNotFound } from '@chargebus/errors';
import { SystemMaintenance } from '@chargebus/events';
import { Bus } from '@chargebus/messaging';
import { TenantRepository } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';

const PAGE = 500;

/** Work on the installation, told to those whom it may concern (I15). */
@Controller()
export class MaintenanceController {
  constructor(
    private readonly bus: Bus,
    private readonly tenants: TenantRepository,
  ) {}

  @Endpoint(announceMaintenance)
  async announce(@Call() { body }: CallOf<typeof announceMaintenance>): Promise<ResultOf<typeof announceMaintenance>> {
    const { tenant_id: only, ...announcement } = body;
    const told = only == null ? await this.activeTenants() : [await this.existing(only)];
    const nowMs = Date.now();
    const data: SystemMaintenance['data'] = {
      maintenanceId: body.maintenance_id,
      state: body.status,
      message: body.message,
      startsAt: toInstant(Date.parse(body.start_time)),
      endsAt: body.end_time === null ? null : toInstant(Date.parse(body.end_time)),
      affects: body.affects,
    };
    await this.bus.publishEvents(
      told.map((tenantId) => ({
        id: eventIdOf(tenantId, data),
        type: SystemMaintenance.type,
        version: SystemMaintenance.version,
        tenantId,
        deviceId: null,
        occurredAt: toInstant(nowMs),
        sequence: nowMs,
        causeId: body.maintenance_id,
        data,
      })),
    );
    return { ...announcement, tenants: told.length };
  }

  private async existing(tenantId: TenantId): Promise<TenantId> {
    if ((await this.tenants.find(tenantId)) === null) throw new TenantNotFound({ tenantId });
    return tenantId;
  }

  private async activeTenants(): Promise<readonly TenantId[]> {
    const active: TenantId[] = [];
    for (let offset = 0; ; offset += PAGE) {
      const page = { limit: PAGE, offset, cursor: null, sort: 'created_at', order: 'asc' } as const;
      const { items } = await this.tenants.list(page);
      active.push(...items.filter(({ status }) => status === 'active').map(({ tenantId }) => tenantId));
      if (items.length < PAGE) return active;
    }
  }
}

/** The same state of the same work is the same event: a repeated announcement is told once. */
const eventIdOf = (tenantId: TenantId, { maintenanceId, state }: SystemMaintenance['data']): string =>
  `evt_${createHash('sha256').update([tenantId, maintenanceId, state].join('\n')).digest('base64url').slice(0, 22)}`;
