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
    private readonly enforcer: Enforcer,
    private readonly source: PolicySource,
  ) {}

  static async load(roles: Pick<RoleRepository, 'findAll'>): Promise<Authority> {
    const source = new PolicySource(roles);
    await source.read();
    return new Authority(await newEnforcer(newModelFromString(MODEL), source), source);
  }

  scopesOf(tenantId: TenantId, grants: readonly string[]): ReadonlySet<ApiScope> {
    const key = `${tenantId} ${[...grants].sort().join(' ')}`;
    const known = this.decided.get(key);
    if (known !== undefined) return known;
    const scopes = this.decide(tenantId, grants);
    this.decided.set(key, scopes);
    return scopes;
  }

  /** After a role was changed anywhere. One at a time: what was read first must not come in last. */
  reload(): Promise<void> {
    const reload = async (): Promise<void> => {
      await this.source.read();
      await this.enforcer.loadPolicy();
      this.decided.clear();
    };
    this.reloading = this.reloading.then(reload, reload);
    return this.reloading;
  }

  private decide(tenantId: TenantId, grants: readonly string[]): ReadonlySet<ApiScope> {
    return new Set(SCOPES.filter((scope) => grants.some((grant) => this.enforcer.enforceSync(grant, tenantId, scope))));
  }
}

/**
 * Policies as Casbin takes them; written by RoleRepository, never by Casbin. They are read beforehand: Casbin forgets the
 * old ones before it asks for the new, and nobody may be judged in between.
 */
class PolicySource implements Adapter {
  private known: Awaited<ReturnType<RoleRepository['findAll']>> = [];

  constructor(private readonly roles: Pick<RoleRepository, 'findAll'>) {}

  async read(): Promise<void> {
    this.known = await this.roles.findAll();
  }

  loadPolicy(model: Model): Promise<void> {
    for (const scope of SCOPES) Helper.loadPolicyLine(`p, ${scope}, ${scope}`, model);
    for (const [bundle, scopes] of Object.entries(SCOPE_BUNDLES))
      for (const scope of scopes) if (bundle !== scope) Helper.loadPolicyLine(`p, ${bundle}, ${scope}`, model);
    for (const { tenantId, name, grants } of this.known)
      for (const grant of grants)
        if (isScope(grant) || Object.hasOwn(SCOPE_BUNDLES, grant))
          Helper.loadPolicyLine(`g, ${ROLE_PREFIX}${name}, ${grant}, ${tenantId}`, model);
    return Promise.resolve();
  }

  savePolicy = (): Promise<boolean> => Promise.reject(new Error('policies are written by RoleRepository'));
  addPolicy = (): Promise<void> => Promise.reject(new Error('policies are written by RoleRepository'));
  removePolicy = (): Promise<void> => Promise.reject(new Error('policies are written by RoleRepository'));
  removeFilteredPolicy = (): Promise<void> => Promise.reject(new Error('policies are written by RoleRepository'));
}
