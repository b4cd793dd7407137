import { ClientId, TenantId } from '@chargebus/domain';
import { GraphqlQueryInvalid } from '@chargebus/errors';
import type { Scope } from '@chargebus/persistence';
import type {
  Client,
  ClientRepository,
  Role,
  RoleRepository,
  Tenant,
  TenantRepository,
} from '@chargebus/persistence/iam';
import type { z } from 'zod';
import { clientView } from '../clients/client.view';
import { roleView } from '../principals/role.controller';
import { tenantView } from '../tenants/tenant.controller';

const MAX_SIZE = 200;
const MAX_PAGE = 500;

export interface UserSources {
  readonly clients: Pick<ClientRepository, 'find' | 'list'>;
  readonly roles: Pick<RoleRepository, 'list'>;
  readonly tenants: Pick<TenantRepository, 'find'>;
}
interface UsersAsked {
  readonly tenant_id?: string | null;
  readonly kind?: 'key' | 'person' | null;
  readonly page: number;
  readonly size: number;
}

/** The root of one query: each tenant and its roles are read once, however often they are asked for. */
export class UserQuery {
  private readonly tenantsRead = new Map<TenantId, Promise<Tenant | null>>();
  private readonly rolesRead = new Map<TenantId, Promise<readonly Role[]>>();

  /** `scope`: whose users the caller sees. */
  constructor(
    private readonly sources: UserSources,
    private readonly scope: Scope,
  ) {}

  async users({ tenant_id, kind, page, size }: UsersAsked) {
    within('page', page, MAX_PAGE);
    within('size', size, MAX_SIZE);
    const filter = { tenantId: tenant_id == null ? undefined : idOf(TenantId, tenant_id), kind: kind ?? undefined };
    const position = {
      limit: size,
      offset: (page - 1) * size,
      cursor: null,
      sort: 'created_at',
      order: 'desc',
    } as const;
    const { items, total } = await this.sources.clients.list(this.scope, filter, position);
    return { items: items.map((client) => this.view(client)), total, page, size };
  }

  async user({ client_id }: { readonly client_id: string }) {
    const client = await this.sources.clients.find(this.scope, idOf(ClientId, client_id));
    return client === null ? null : this.view(client);
  }

  async roles({ tenant_id }: { readonly tenant_id: string }) {
    return (await this.rolesOf(idOf(TenantId, tenant_id))).map(roleView);
  }

  tenant({ tenant_id }: { readonly tenant_id: string }) {
    return this.tenantOf(idOf(TenantId, tenant_id));
  }

  private view(client: Client) {
    return {
      ...clientView(client),
      tenant: () => this.tenantOf(client.tenantId),
      roles: async () => {
        const roles = await this.rolesOf(client.tenantId);
        return roles.filter(({ name }) => client.scopes.includes(`role:${name}`)).map(roleView);
      },
    };
  }

  private async tenantOf(tenantId: TenantId) {
    const tenant = await once(this.tenantsRead, tenantId, () => this.sources.tenants.find(tenantId));
    return tenant === null ? null : tenantView(tenant);
  }
  private rolesOf(tenantId: TenantId): Promise<readonly Role[]> {
    return once(this.rolesRead, tenantId, () => this.sources.roles.list(tenantId));
  }
}

function once<K, V>(read: Map<K, Promise<V>>, key: K, find: () => Promise<V>): Promise<V> {
  const found = read.get(key) ?? find();
  read.set(key, found);
  return found;
}

function idOf<S extends z.ZodType>(schema: S, text: string): z.output<S> {
  const id = schema.safeParse(text);
  if (!id.success) throw new GraphqlQueryInvalid({ summary: `"${text.slice(0, 64)}" is no id` });
  return id.data;
}
function within(name: string, value: number, max: number): void {
  if (value < 1 || value > max) throw new GraphqlQueryInvalid({ summary: `${name} is within 1…${max.toString()}` });
}
