import { z } from 'zod';

/**
 * The part of the Kubernetes API that k8s/base uses, stricter than the cluster: a key that is not listed here is a
 * mistake, and what every container of ours must have (probes, resources, a closed security context) is required.
 */
const name = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/); // RFC 1123 label
const labels = z.record(z.string().regex(/^([a-z0-9.-]+\/)?[a-zA-Z0-9._-]{1,63}$/), z.string().max(63));
const cpu = z.string().regex(/^\d+m?$/);
const bytes = z.string().regex(/^\d+(Ki|Mi|Gi)$/);
const port = z.int().min(1).max(65_535);
const selector = z.strictObject({ matchLabels: labels });
const metadata = z.strictObject({ name, labels: labels.optional() });
const seconds = z.int().positive();

const valueFrom = z.union([
  z.strictObject({ configMapKeyRef: z.strictObject({ name, key: z.string() }) }),
  z.strictObject({ secretKeyRef: z.strictObject({ name, key: z.string() }) }),
]);
const variable = z.union([
  z.strictObject({ name: z.string(), value: z.string() }),
  z.strictObject({ name: z.string(), valueFrom }),
]);
const probe = z
  .strictObject({
    httpGet: z.strictObject({ path: z.string().startsWith('/'), port: z.union([name, port]) }).optional(),
    exec: z.strictObject({ command: z.array(z.string()).min(1) }).optional(),
    tcpSocket: z.strictObject({ port: z.union([name, port]) }).optional(),
    periodSeconds: seconds,
    timeoutSeconds: seconds.optional(),
    failureThreshold: seconds,
  })
  .refine(
    ({ httpGet, exec, tcpSocket }) => [httpGet, exec, tcpSocket].filter(Boolean).length === 1,
    'one kind of probe',
  );

const container = z.strictObject({
  name,
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  ports: z.array(z.strictObject({ name: name.max(15), containerPort: port })).optional(),
  env: z.array(variable),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources: z.strictObject({
    requests: z.strictObject({ cpu, memory: bytes }),
    limits: z.strictObject({ memory: bytes }), // no CPU limit: throttling costs more latency than it saves
  }),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true).optional(),
    capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
  }),
  volumeMounts: z.array(z.strictObject({ name, mountPath: z.string().startsWith('/') })).optional(),
});
const podSpec = z.strictObject({
  automountServiceAccountToken: z.literal(false),
  restartPolicy: z.enum(['OnFailure', 'Never']).optional(),
  terminationGracePeriodSeconds: seconds.optional(),
  securityContext: z.strictObject({
    runAsNonRoot: z.literal(true),
    runAsUser: z.int().positive(),
    fsGroup: z.int().positive().optional(),
    seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
  }),
  topologySpreadConstraints: z
    .array(
      z.strictObject({
        maxSkew: z.int().positive(),
        topologyKey: z.string(),
        whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']),
        labelSelector: selector,
      }),
    )
    .optional(),
  containers: z.tuple([container]),
});
const template = z.strictObject({
  metadata: z.strictObject({ labels, annotations: z.record(z.string(), z.string()).optional() }),
  spec: podSpec,
});

const networkPorts = z.array(z.strictObject({ port, endPort: port.optional(), protocol: z.enum(['TCP', 'UDP']) }));
const peers = z.array(
  z.union([
    z.strictObject({ podSelector: selector }),
    z.strictObject({ namespaceSelector: selector }),
    z.strictObject({ ipBlock: z.strictObject({ cidr: z.cidrv4(), except: z.array(z.cidrv4()).optional() }) }),
  ]),
);

const kind = <K extends string, V extends string, S extends z.ZodType>(apiVersion: V, kindName: K, spec: S) =>
  z.strictObject({ apiVersion: z.literal(apiVersion), kind: z.literal(kindName), metadata, spec });

export const Manifest = z.discriminatedUnion('kind', [
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('ConfigMap'),
    metadata,
    data: z.record(z.string(), z.string()),
  }),
  kind(
    'v1',
    'Service',
    z.strictObject({
      type: z.enum(['ClusterIP', 'LoadBalancer']).optional(),
      clusterIP: z.literal('None').optional(),
      externalTrafficPolicy: z.enum(['Local', 'Cluster']).optional(),
      sessionAffinity: z.enum(['ClientIP', 'None']).optional(),
      selector: labels,
      ports: z.array(z.strictObject({ name, port, targetPort: z.union([name, port]) })).min(1),
    }),
  ),
  kind(
    'apps/v1',
    'Deployment',
    z.strictObject({
      replicas: z.int().positive(),
      selector,
      strategy: z.strictObject({
        type: z.literal('RollingUpdate'),
        rollingUpdate: z.strictObject({ maxUnavailable: z.int().nonnegative(), maxSurge: z.int().nonnegative() }),
      }),
      template,
    }),
  ),
  kind(
    'apps/v1',
    'StatefulSet',
    z.strictObject({
      serviceName: name,
      replicas: z.int().positive(),
      selector,
      template,
      volumeClaimTemplates: z.array(
        z.strictObject({
          metadata: z.strictObject({ name }),
          spec: z.strictObject({
            accessModes: z.array(z.enum(['ReadWriteOnce', 'ReadWriteMany'])),
            resources: z.strictObject({ requests: z.strictObject({ storage: bytes }) }),
          }),
        }),
      ),
    }),
  ),
  kind(
    'batch/v1',
    'Job',
    z.strictObject({ backoffLimit: z.int().nonnegative(), ttlSecondsAfterFinished: seconds, template }),
  ),
  kind('policy/v1', 'PodDisruptionBudget', z.strictObject({ minAvailable: z.int().positive(), selector })),
  kind(
    'autoscaling/v2',
    'HorizontalPodAutoscaler',
    z
      .strictObject({
        scaleTargetRef: z.strictObject({ apiVersion: z.literal('apps/v1'), kind: z.literal('Deployment'), name }),
        minReplicas: z.int().positive(),
        maxReplicas: z.int().positive(),
        metrics: z.array(
          z.strictObject({
            type: z.literal('Resource'),
            resource: z.strictObject({
              name: z.enum(['cpu', 'memory']),
              target: z.strictObject({ type: z.literal('Utilization'), averageUtilization: z.int().min(1).max(100) }),
            }),
          }),
        ),
        behavior: z.strictObject({
          scaleDown: z.strictObject({
            stabilizationWindowSeconds: z.int().min(0).max(3600),
            policies: z.array(
              z.strictObject({
                type: z.enum(['Pods', 'Percent']),
                value: z.int().positive(),
                periodSeconds: z.int().min(1).max(1800),
              }),
            ),
          }),
        }),
      })
      .refine(({ minReplicas, maxReplicas }) => minReplicas <= maxReplicas, 'minReplicas above maxReplicas'),
  ),
  kind(
    'networking.k8s.io/v1',
    'NetworkPolicy',
    z.strictObject({
      podSelector: z.union([selector, z.strictObject({})]),
      policyTypes: z.array(z.enum(['Ingress', 'Egress'])).min(1),
      ingress: z.array(z.strictObject({ from: peers.optional(), ports: networkPorts })).optional(),
      egress: z.array(z.strictObject({ to: peers, ports: networkPorts.optional() })).optional(),
    }),
  ),
]);
export type Manifest = z.infer<typeof Manifest>;

export const Kustomization = z.strictObject({
  apiVersion: z.literal('kustomize.config.k8s.io/v1beta1'),
  kind: z.literal('Kustomization'),
  resources: z.array(z.string()).min(1),
});
