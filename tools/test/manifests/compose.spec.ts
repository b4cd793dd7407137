import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { deployedApps, root } from './apps';
import { ComposeFile } from './compose-schema';

/** Without the `x-` blocks, which hold what is merged into the services. */
function readCompose(): ComposeFile {
  const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
  const file = Object.entries(parse(text, { merge: true }) as Record<string, unknown>);
  return ComposeFile.parse(Object.fromEntries(file.filter(([key]) => !key.startsWith('x-'))));
}
const dockerfile = readFileSync(path.join(root, 'deploy', 'Dockerfile'), 'utf8');

describe('docker-compose.yml', () => {
  const { services } = readCompose();

  it('Y01 runs every app from an image of its own, behind the migrations', async () => {
    for (const { name } of await deployedApps()) {
      expect(services[name]).toMatchObject({ image: `chargebus/${name}`, build: { args: { APP: name } } });
      expect(services[name]?.depends_on).toHaveProperty('migrate');
    }
  });

  it('Y15 sets only settings that the app has, and all that it needs', async () => {
    for (const { name, settings, required } of await deployedApps()) {
      const given = Object.keys(services[name]?.environment ?? {});
      expect({ name, unknown: given.filter((key) => !settings.has(key)) }).toEqual({ name, unknown: [] });
      expect({ name, missing: [...required].filter((key) => !given.includes(key)) }).toEqual({ name, missing: [] });
    }
  });

  it('runs the versions that the private servers of npm start have at least', () => {
    expect(services.nats?.image).toMatch(/:2\.(1[1-9]|[2-9]\d)\./);
    expect(services.postgres?.image).toMatch(/:1[4-9]|:[2-9]\d/);
  });
});

describe('deploy/Dockerfile', () => {
  it('Y01 is one multi-stage file for every app, runs as an ordinary user and reports its health', () => {
    expect(dockerfile.match(/^FROM /gm)?.length).toBeGreaterThan(2);
    const runtime = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(runtime).toMatch(/^ARG APP$/m);
    expect(runtime).toMatch(/^USER node$/m);
    expect(runtime).toMatch(/^HEALTHCHECK .*CMD /m);
  });

  it('copies only files that exist', () => {
    const sources = [...dockerfile.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, list = '']) =>
      list.split(' ').slice(0, -1),
    );
    expect(sources.filter((source) => !existsSync(path.join(root, source)))).toEqual([]);
  });
});
