import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

/** A command of a page, and the answer that the page shows for it. */
export interface Step {
  readonly command: string;
  readonly shown: unknown;
}

/** The commands of a Markdown page. Those without an answer (variables, functions) go before all that follow. */
export function stepsOf(file: string): readonly Step[] {
  const blocks = [...readFileSync(file, 'utf8').matchAll(/^```(bash|json)\n([^]*?)^```$/gm)].map(
    ([, language, text]) => ({ language, text: text ?? '' }),
  );
  const steps: Step[] = [];
  let before = '';
  for (const [at, { language, text }] of blocks.entries()) {
    const answer = blocks[at + 1];
    if (language === 'json') continue;
    if (answer?.language === 'json') steps.push({ command: before + text, shown: JSON.parse(answer.text) });
    else before += text;
  }
  return steps;
}

/** What the command prints, as JSON. Fails where it says anything to stderr or ends with an error. */
export async function run(command: string, variables: Readonly<Record<string, string>>): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', command], {
    env: { PATH: process.env.PATH, ...variables },
  });
  if (stderr !== '') throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Words of the page that must be so; every other value only has to be of the kind shown, and above zero where it is. */
const LITERAL = new Set(['code', 'message', 'status', 'command_status', 'third_party_order_no', 'online']);

const ABOVE_ZERO = { asymmetricMatch: (value: unknown): boolean => typeof value === 'number' && value > 0 };

/** What an answer is expected to be like, for `toMatchObject`. */
export function likeShown(shown: unknown, name = ''): unknown {
  if (Array.isArray(shown)) return expect.arrayContaining(shown.map((item) => likeShown(item)));
  if (typeof shown === 'object' && shown !== null)
    return expect.objectContaining(
      Object.fromEntries(Object.entries(shown).map(([field, value]) => [field, likeShown(value, field)])),
    );
  if (shown === null || LITERAL.has(name)) return shown;
  if (typeof shown === 'number' && shown > 0) return ABOVE_ZERO;
  return expect.any({ string: String, number: Number, boolean: Boolean }[typeof shown as 'string']);
}
