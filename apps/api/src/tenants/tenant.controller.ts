import { randomUUID } from 'node:crypto';
import { createTenant, listTenants } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { TenantId } from '@chargebus/domain';
import { TenantExists, TenantNotFound } from '@chargebus/errors';
import { TenantRepository } from '@chargebus/persistence/iam';
import type { Tenant } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { mapPage } from '../http/map-page';

/** Tenants of the installation, for its operators. */
@Controller()
export class TenantController {
  constructor(private readonly tenants: TenantRepository) {}

  @Endpoint(createTenant)
  async create(@Call() { body }: CallOf<typeof createTenant>): Promise<ResultOf<typeof createTenant>> {
    const tenantId = body.tenant_id ?? TenantId.parse(randomUUID());
    if (!(await this.tenants.insert(tenantId, body.name))) throw new TenantExists({ name: body.name });
    const tenant = await this.tenants.find(tenantId);
    if (tenant === null) throw new TenantNotFound({ tenantId });
    return tenantView(tenant);
  }

  @Endpoint(listTenants)
  async list(@Call() { page }: CallOf<typeof listTenants>): Promise<ResultOf<typeof listTenants>> {
    return mapPage(await this.tenants.list(page), tenantView);
  }
}

export const tenantView = (tenant: Tenant): ResultOf<typeof createTenant> => ({
  tenant_id: tenant.tenantId,
  name: tenant.name,
  status: tenant.status,
  created_at: tenant.createdAt,
});
