import { ROUTES } from './catalogue';
import { SCOPE_BUNDLES, SCOPES } from './scopes';

describe('scopes', () => {
  it('Z09 are each asked for by name, and those of operators by every route of theirs', () => {
    for (const route of ROUTES) expect(SCOPES).toContain(route.scope);
    const operators = ROUTES.filter(({ path }) => path.startsWith('/api/internal/'));
    expect(operators.length).toBeGreaterThan(5);
    for (const { scope } of operators) expect([...SCOPE_BUNDLES.internal, 'simulate']).toContain(scope);
  });

  it.each([
    'internal',
    'devices:dangerous',
    'trace:read',
    'keys:manage',
    'audit:read',
    'approvals:decide',
    'config:manage',
  ] as const)('Z09 of integrators leave out %s', (scope) => {
    expect(SCOPE_BUNDLES.third).not.toContain(scope);
    expect(SCOPE_BUNDLES.internal).toContain(scope);
  });
});
