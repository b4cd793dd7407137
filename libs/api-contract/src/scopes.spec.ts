import { ROUTES } from './catalogue';
import { SCOPES, scopesOf } from './scopes';

describe('scopes', () => {
  it('Z09 are each asked for by name, and `internal` by every route of operators alone', () => {
    for (const route of ROUTES) expect(SCOPES).toContain(route.scope);
    const operators = ROUTES.filter(({ path }) => path.startsWith('/api/internal/'));
    expect(operators.length).toBeGreaterThan(5);
    for (const { scope } of operators) expect([...scopesOf(['internal']), 'simulate']).toContain(scope);
  });

  it('Z09 of integrators hold nothing that is dangerous or an administrator’s', () => {
    const third = scopesOf(['third']);
    for (const scope of [
      'internal',
      'devices:dangerous',
      'trace:read',
      'keys:manage',
      'audit:read',
      'approvals:decide',
      'config:manage',
    ] as const)
      expect(third.has(scope)).toBe(false);
    expect(third.has('charge:control')).toBe(true);
    expect(scopesOf(['internal']).has('devices:read')).toBe(false);
  });

  it('Z09 of earlier releases come to what they were, and unknown names to nothing', () => {
    expect([...scopesOf(['charge:write', 'webhooks:write', 'tokens:write'])]).toEqual([
      'charge:control',
      'webhooks:manage',
      'tokens:manage',
    ]);
    expect([...scopesOf(['webhooks:manage'])]).toEqual(['webhooks:manage', 'webhooks:read']);
    expect(scopesOf(['root', 'toString', '__proto__']).size).toBe(0);
  });
});
