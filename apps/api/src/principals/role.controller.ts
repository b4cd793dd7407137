import { deleteRole, listRoles, putRole } from '@chargebus/api-contract';
import type { ResultOf } from '@chargebus/api-contract';
import { RoleNotFound, TenantNotFound } from '@chargebus/errors';
import { RoleRepository, TenantRepository } from '@chargebus/persistence/iam';
import type { Role } from '@chargebus/persistence/iam';
import { Controller } from '@nestjs/common';
import { Authority } from '../auth/authority';
import { Call } from '../http/call.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import type { CallOf } from '../http/endpoint.decorator';
import { News } from '../news';

/** Roles of tenants: what Casbin decides by. */
@Controller()
export class RoleController {
  constructor(
    private readonly roles: RoleRepository,
    private readonly tenants: TenantRepository,
    private readonly authority: Authority,
    private readonly news: News,
  ) {}

  @Endpoint(listRoles)
  async list(@Call() { query, page }: CallOf<typeof listRoles>): Promise<ResultOf<typeof listRoles>> {
    const roles = await this.roles.list(query.tenant_id);
    const ordered = page.order === 'asc' ? roles : roles.toReversed();
    return {
      items: ordered.slice(page.offset, page.offset + page.limit).map(roleView),
      total: roles.length,
      nextCursor: null,
    };
  }

  @Endpoint(putRole)
  async put(@Call() call: CallOf<typeof putRole>): Promise<ResultOf<typeof putRole>> {
    const { body, params } = call;
    if ((await this.tenants.find(body.tenant_id)) === null) throw new TenantNotFound({ tenantId: body.tenant_id });
    const role = { tenantId: body.tenant_id, name: params.name, description: body.description ?? null };
    const { before, after } = await this.roles.put({ ...role, grants: body.scopes });
    call.note({ tenantId: body.tenant_id, before: before === null ? null : roleView(before), after: roleView(after) });
    await this.tellAll();
    return roleView(after);
  }

  @Endpoint(deleteRole)
  async remove(@Call() call: CallOf<typeof deleteRole>): Promise<ResultOf<typeof deleteRole>> {
    const { name } = call.params;
    const before = await this.roles.remove(call.query.tenant_id, name);
    if (before === null) throw new RoleNotFound({ name });
    call.note({ tenantId: call.query.tenant_id, before: roleView(before) });
    await this.tellAll();
    return { deleted: true };
  }

  /** Here it counts before the call is answered. */
  private async tellAll(): Promise<void> {
    await this.authority.reload();
    this.news.tell('roles');
  }
}

export const roleView = (role: Role) => ({
  tenant_id: role.tenantId,
  name: role.name,
  description: role.description,
  scopes: [...role.grants],
  updated_at: role.updatedAt,
});
