import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { deployedApps, root } from './apps';
import { Kustomization, Manifest } from './kubernetes-schema';

const base = path.join(root, 'k8s', 'base');

const documents = (file: string): unknown[] =>
  parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${file}: ${document.errors[0]?.message ?? ''}`);
    return document.toJS() as unknown;
  });

/** Everything that `kubectl apply -k` of a folder would read. */
function build(folder: string): { readonly file: string; readonly manifest: Manifest }[] {
  const [kustomization] = documents(path.join(folder, 'kustomization.yaml'));
  return Kustomization.parse(kustomization).resources.flatMap((resource) => {
    const target = path.join(folder, resource);
    if (statSync(target).isDirectory()) return build(target);
    return documents(target).map((document) => {
      const parsed = Manifest.safeParse(document);
      if (!parsed.success) throw new Error(`${path.relative(root, target)}: ${parsed.error.message}`);
      return { file: path.relative(base, target), manifest: parsed.data };
    });
  });
}

describe('k8s/base', () => {
  const all = build(base);
  const of = <K extends Manifest['kind']>(kind: K): Extract<Manifest, { kind: K }>[] =>
    all.map(({ manifest }) => manifest).filter((m): m is Extract<Manifest, { kind: K }> => m.kind === kind);
  const deployment = (name: string) => of('Deployment').find(({ metadata }) => metadata.name === name);

  it('Y02 holds nothing that no kustomization names', () => {
    const files = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.yaml') && !file.endsWith('kustomization.yaml'),
    );
    expect(files.sort()).toEqual(all.map(({ file }) => file).sort());
  });

  it('Y02 deploys every app with probes, a disruption budget and a network policy', async () => {
    for (const { name } of await deployedApps()) {
      const [container] = deployment(name)?.spec.template.spec.containers ?? [];
      expect(container).toMatchObject({
        image: `chargebus/${name}`,
        startupProbe: {},
        livenessProbe: { httpGet: { path: '/health/live' } },
        readinessProbe: { httpGet: { path: '/health/ready' } },
        securityContext: { readOnlyRootFilesystem: true },
      });
      for (const kind of ['PodDisruptionBudget', 'NetworkPolicy'] as const)
        expect(of(kind).map(({ metadata }) => metadata.name)).toContain(name);
    }
  });

  it('Y15 sets only settings that the app has, and all that it needs', async () => {
    for (const { name, settings, required } of await deployedApps()) {
      const given = deployment(name)?.spec.template.spec.containers[0].env.map((variable) => variable.name) ?? [];
      expect({ name, unknown: given.filter((key) => !settings.has(key)) }).toEqual({ name, unknown: [] });
      expect({ name, missing: [...required].filter((key) => !given.includes(key)) }).toEqual({ name, missing: [] });
    }
  });

  it('gives an app more time to stop than the app gives itself (20 s)', () => {
    for (const { spec } of of('Deployment'))
      expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(20);
  });

  it('selects with every selector the pods that are meant', () => {
    const pods = [...of('Deployment'), ...of('StatefulSet'), ...of('Job')].map(
      ({ spec }) => spec.template.metadata.labels,
    );
    const selected = [
      ...[...of('Deployment'), ...of('StatefulSet'), ...of('PodDisruptionBudget')].map(
        ({ spec }) => spec.selector.matchLabels,
      ),
      ...of('Service').map(({ spec }) => spec.selector),
      ...of('NetworkPolicy').flatMap(({ spec }) =>
        'matchLabels' in spec.podSelector ? [spec.podSelector.matchLabels] : [],
      ),
    ];
    for (const wanted of selected) expect(pods).toContainEqual(expect.objectContaining(wanted));
    for (const { spec } of of('HorizontalPodAutoscaler')) expect(deployment(spec.scaleTargetRef.name)).toBeDefined();
  });

  it('refers to keys of its config map that exist, and to two secrets that an overlay brings', () => {
    const keys = Object.keys(of('ConfigMap').find(({ metadata }) => metadata.name === 'chargebus')?.data ?? {});
    const variables = [...of('Deployment'), ...of('StatefulSet'), ...of('Job')].flatMap(
      ({ spec }) => spec.template.spec.containers[0].env,
    );
    for (const variable of variables) {
      if (!('valueFrom' in variable)) continue;
      if ('configMapKeyRef' in variable.valueFrom) expect(keys).toContain(variable.valueFrom.configMapKeyRef.key);
      else expect(['chargebus', 'chargebus-servers']).toContain(variable.valueFrom.secretKeyRef.name);
    }
  });

  it('sends every named target port to a port that a container has', () => {
    const named = [...of('Deployment'), ...of('StatefulSet')].flatMap(
      ({ spec }) => spec.template.spec.containers[0].ports?.map((port) => port.name) ?? [],
    );
    for (const { spec } of of('Service')) for (const { targetPort } of spec.ports) expect(named).toContain(targetPort);
  });

  it('migrates with a program that the image has', () => {
    const [command] = of('Job').map(({ spec }) => spec.template.spec.containers[0].command ?? []);
    expect(existsSync(path.join(root, command?.[1] ?? 'none'))).toBe(true);
  });
});
