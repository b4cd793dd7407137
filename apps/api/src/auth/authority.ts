import { SCOPE_BUNDLES, SCOPES } from '@chargebus/api-contract';
import type { ApiScope } from '@chargebus/api-contract';
import type { TenantId } from '@chargebus/domain';
import type { RoleRepository } from '@chargebus/persistence/iam';
import { Helper, newEnforcer, newModelFromString } from 'casbin';
import type { Adapter, Enforcer, Model } from 'casbin';
import { LRUCache } from 'lru-cache';

/** How a grant that is one of the tenant's own roles is written. */
export const ROLE_PREFIX = 'role:';

/** A grant is good for a scope by a policy of everybody's, or because the tenant made it a role of one that is. */
const MODEL = `
[request_definition]
r = grant, tenant, scope
[policy_definition]
p = grant, scope
[role_definition]
g = _, _, _
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.scope == p.scope && (r.grant == p.grant || g(r.grant, p.grant, r.tenant))
`;

const isScope = (name: string): name is ApiScope => SCOPES.some((scope) => scope === name);

/**
 * Which scopes grants come to, decided by Casbin: policies of bundles are the contract's, roles of tenants are rows of
 * `iam.roles`. A decision takes a fraction of a millisecond and a principal needs one per scope, so decisions are
 * remembered until policies change.
 */
export class Authority {
  private readonly decided = new LRUCache<string, ReadonlySet<ApiScope>>({ max: 10_000 });

  private reloading: Promise<void> = Promise.resolve();

  private constructor(
    private enforcer: Enforcer,
    private readonly roles: Pick<RoleRepository, 'findAll'>,
  ) {}

  static async load(roles: Pick<RoleRepository, 'findAll'>): Promise<Authority> {
    return new Authority(await enforcerOf(roles), roles);
  }

  scopesOf(tenantId: TenantId, grants: readonly string[]): ReadonlySet<ApiScope> {
    const key = `${tenantId} ${[...grants].sort().join(' ')}`;
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    const scopes = this.decide(tenantId, grants);
    this.decided.set(key, scopes);
    return scopes;
  }

  /**
   * After a role was changed anywhere. One at a time: what was read first must not come in last. The old enforcer judges
   * until the new one is whole (Casbin's own reload forgets the old policies before it has the new).
   */
  reload(): Promise<void> {
    const reload = async (): Promise<void> => {
      this.enforcer = await enforcerOf(this.roles);
      this.decided.clear();
    };
    this.reloading = this.reloading.then(reload, reload);
    return this.reloading;
  }

  private decide(tenantId: TenantId, grants: readonly string[]): ReadonlySet<ApiScope> {
    return new Set(SCOPES.filter((scope) => grants.some((grant) => this.enforcer.enforceSync(grant, tenantId, scope))));
  }
}

const enforcerOf = (roles: Pick<RoleRepository, 'findAll'>): Promise<Enforcer> =>
  newEnforcer(newModelFromString(MODEL), new PolicySource(roles));

/** Policies as Casbin takes them; written by RoleRepository, never by Casbin. */
class PolicySource implements Adapter {
  constructor(private readonly roles: Pick<RoleRepository, 'findAll'>) {}

  async loadPolicy(model: Model): Promise<void> {
    for (const scope of SCOPES) Helper.loadPolicyLine(`p, ${scope}, ${scope}`, model);
    for (const [bundle, scopes] of Object.entries(SCOPE_BUNDLES))
      for (const scope of scopes) if (bundle !== scope) Helper.loadPolicyLine(`p, ${bundle}, ${scope}`, model);
    for (const { tenantId, name, grants } of await this.roles.findAll())
      for (const grant of grants)
        if (isScope(grant) || Object.hasOwn(SCOPE_BUNDLES, grant))
          Helper.loadPolicyLine(`g, ${ROLE_PREFIX}${name}, ${grant}, ${tenantId}`, model);
  }

  savePolicy = (): Promise<boolean> => Promise.reject(new Error('policies are written by RoleRepository'));
  addPolicy = (): Promise<void> => Promise.reject(new Error('policies are written by RoleRepository'));
  removePolicy = (): Promise<void> => Promise.reject(new Error('policies are written by RoleRepository'));
  removeFilteredPolicy = (): Promise<void> => Promise.reject(new Error('policies are written by RoleRepository'));
}
