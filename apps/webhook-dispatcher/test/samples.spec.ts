import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { holdsClassic, holdsEd25519, holdsStandard } from '../../../docs/samples/webhooks/verify';

const folder = path.join(__dirname, '..', '..', '..', 'docs', 'samples', 'webhooks');
interface Vector {
  readonly name: string;
  readonly scheme: 'v1' | 'v1a' | 'classic';
  readonly key: string;
  readonly id_or_target: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly signature: string;
  readonly body: string;
  readonly holds: boolean;
}
const vectors = JSON.parse(readFileSync(path.join(folder, 'vectors.json'), 'utf8')) as readonly Vector[];

/** How each sample is run, and what must be there for it. */
const SAMPLES: Readonly<Record<string, { readonly run: readonly string[]; readonly needs: readonly string[] }>> = {
  Python: {
    run: ['python3', 'verify.py'],
    needs: ['python3', '-c', 'import cryptography, sys; sys.exit(sys.version_info < (3, 9))'],
  },
  Java: { run: ['java', 'Verify.java'], needs: ['java', '--source', '17', '--version'] },
  Go: { run: ['go', 'run', 'verify.go'], needs: ['go', 'version'] },
  PHP: {
    run: ['php', 'verify.php'],
    needs: ['php', '-r', 'exit(function_exists("sodium_crypto_sign_verify_detached") ? 0 : 1);'],
  },
};
const spawned = ([command = '', ...args]: readonly string[], input = '') =>
  spawnSync(command, args, { cwd: folder, input, encoding: 'utf8', timeout: 60_000 });

function holdsInTypeScript({ scheme, key, id_or_target, timestamp, nonce, signature, body }: Vector): boolean {
  const [bytes, nowS] = [Buffer.from(body), Number(timestamp)];
  const standard = { 'webhook-id': id_or_target, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  if (scheme === 'v1') return holdsStandard(key, standard, bytes, nowS);
  if (scheme === 'v1a') return holdsEd25519(key, standard, bytes, nowS);
  const classic = { 'x-timestamp': timestamp, 'x-nonce': nonce, 'x-signature': signature };
  return holdsClassic(key, id_or_target, classic, bytes, nowS);
}

describe('samples of how to check a webhook', () => {
  it.each(vectors)('I20 judges in TypeScript: $name', (vector) => {
    expect(holdsInTypeScript(vector)).toBe(vector.holds);
  });

  it('I20 refuses in TypeScript what is old', () => {
    const [{ key, id_or_target: id, timestamp, signature, body }] = vectors as [Vector];
    const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
    expect(holdsStandard(key, headers, Buffer.from(body))).toBe(false);
  });

  it.each(Object.keys(SAMPLES))(
    'I20 judges alike in %s, where it is installed',
    (language) => {
      const { run, needs } = SAMPLES[language]!;
      if (spawned(needs).status !== 0) return;
      const answer = spawned(run, vectors.map(asLine).join('\n'));
      const judged = answer.stdout.trim().split('\n');
      expect(vectors.map(({ name }, at) => [name, judged[at]])).toEqual(
        vectors.map(({ name, holds }) => [name, holds.toString()]),
      );
    },
    120_000,
  );
});

const asLine = ({ scheme, key, id_or_target, timestamp, nonce, signature, body }: Vector): string =>
  [scheme, key, id_or_target, timestamp, nonce, signature, Buffer.from(body).toString('base64')].join('\t');
