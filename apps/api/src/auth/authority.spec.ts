import { randomUUID } from 'node:crypto';
import { SCOPE_BUNDLES } from '@chargebus/api-contract';
import type { ApiScope } from '@chargebus/api-contract';
import type { TenantId } from '@chargebus/domain';
import type { Role } from '@chargebus/persistence/iam';
import { eventually } from '@chargebus/testing';
import { Authority } from './authority';

const NORTH = randomUUID() as TenantId;
const SOUTH = randomUUID() as TenantId;
const aRole = (tenantId: TenantId, name: string, grants: string[]): Role => ({
  tenantId,
  name,
  grants,
  description: null,
  updatedAt: '2024-01-01T00:00:00.000Z',
});

describe('what grants come to', () => {
  const roles: Role[] = [];
  let authority: Authority;
  beforeAll(async () => {
    authority = await Authority.load({ findAll: () => Promise.resolve(roles) });
  });
  const scopesOf = (grants: string[], tenantId = NORTH) => [...authority.scopesOf(tenantId, grants)].sort();

  it('Z09 D13 is what a bundle holds, and what a scope of an earlier release was', () => {
    expect(scopesOf(['third'])).toEqual([...SCOPE_BUNDLES.third].sort());
    expect(scopesOf(['charge:write', 'webhooks:write', 'tokens:write'])).toEqual([
      'charge:control',
      'tokens:manage',
      'webhooks:manage',
    ]);
    expect(scopesOf(['webhooks:manage'])).toEqual(['webhooks:manage', 'webhooks:read']);
  });

  it.each(['root', 'toString', '__proto__', 'role:nobody', '*', '', 'third, internal'])(
    'Z07 is nothing for %j',
    (grant) => {
      expect(scopesOf([grant])).toEqual([]);
    },
  );

  it('D13 is what a role of the tenant holds, for that tenant only and until it is changed', async () => {
    roles.push(aRole(NORTH, 'watcher', ['devices:read', 'webhooks:manage']), aRole(SOUTH, 'watcher', ['third']));
    await authority.reload();
    expect(scopesOf(['role:watcher'])).toEqual(['devices:read', 'webhooks:manage', 'webhooks:read']);
    expect(scopesOf(['role:watcher'], SOUTH)).toContain('charge:control');
    roles.shift();
    await authority.reload();
    expect(scopesOf(['role:watcher'])).toEqual([]);
  });

  it('D13 is what was read last, however reads are answered, and what was before until then', async () => {
    const asked: ((roles: Role[]) => void)[] = [];
    const slow = Authority.load({ findAll: () => new Promise<Role[]>((answer) => asked.push(answer)) });
    const answer = async (roles: Role[]): Promise<void> => {
      await eventually(() => {
        expect(asked).not.toEqual([]);
      });
      asked.shift()?.(roles);
    };
    const watcher = aRole(NORTH, 'watcher', ['devices:read']);
    await answer([watcher]);
    const late = await slow;
    const judged = (): ApiScope[] => [...late.scopesOf(NORTH, ['role:watcher'])];

    const reloads = [late.reload(), late.reload()];
    await eventually(() => {
      expect(asked).toHaveLength(1);
    });
    expect(judged()).toEqual(['devices:read']);
    await answer([watcher]);
    await answer([]);
    await Promise.all(reloads);
    expect(judged()).toEqual([]);
  });
});
