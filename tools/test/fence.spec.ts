import { execFileSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(__dirname, '..', '..');

/** Lints texts as if they were these files, in one ESLint process; returns the names of the rules that object. */
function lint(cases: readonly { readonly as: string; readonly code: string }[]): readonly (readonly string[])[] {
  const env = { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' };
  const nx = path.join(root, 'node_modules', '.bin', 'nx');
  execFileSync(nx, ['show', 'projects'], { cwd: root, env, stdio: 'pipe' }); // without its graph the rule skips itself
  const script = `
    import { ESLint } from 'eslint';
    const eslint = new ESLint();
    const rules = [];
    for (const { as, code } of ${JSON.stringify(cases)}) {
      const [result] = await eslint.lintText(code, { filePath: as });
      rules.push(result.messages.map((message) => message.ruleId));
    }
    process.stdout.write(JSON.stringify(rules));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, env });
  return JSON.parse(output.toString()) as string[][];
}

const BOUNDARIES = '@nx/enforce-module-boundaries';
const violations = [
  {
    what: 'the vocabulary imports the bus',
    as: 'libs/domain/src/ids.ts',
    code: "import { Bus } from '@chargebus/messaging';\nexport const bus = Bus;\n",
    rule: BOUNDARIES,
  },
  {
    what: 'infrastructure imports a table',
    as: 'libs/messaging/src/bus.ts',
    code: "import { Database } from '@chargebus/persistence';\nexport const database = Database;\n",
    rule: BOUNDARIES,
  },
  {
    what: 'product code imports the testing lib',
    as: 'libs/messaging/src/bus.ts',
    code: "import { eventually } from '@chargebus/testing';\nexport const wait = eventually;\n",
    rule: BOUNDARIES,
  },
  {
    what: 'the vocabulary reads a file',
    as: 'libs/domain/src/ids.ts',
    code: "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
    rule: 'no-restricted-imports',
  },
  {
    what: 'a codec looks at the clock',
    as: 'libs/protocol/core/src/driver.ts',
    code: 'export const now = (): number => Date.now();\n',
    rule: 'no-restricted-properties',
  },
] as const;
const allowed = {
  what: 'an integration test imports the testing lib',
  as: 'libs/persistence/test/tenancy.int-spec.ts',
  code: "import { eventually } from '@chargebus/testing';\nexport const wait = eventually;\n",
};

describe('the fence between packages', () => {
  let rules: readonly (readonly string[])[];
  beforeAll(() => {
    rules = lint([...violations, allowed]);
  }, 60_000);

  it.each(violations.map((violation, index) => ({ ...violation, index })))(
    'stops: $what ($rule)',
    ({ rule, index }) => {
      expect(rules[index]).toContain(rule);
    },
  );
  it(`lets through: ${allowed.what}`, () => {
    expect(rules[violations.length]).toEqual([]);
  });
});
