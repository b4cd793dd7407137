import { z } from 'zod';

/** The part of the Compose specification that docker-compose.yml uses; any other key is a mistake. */
const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const restart = z.union([
  z.enum(['no', 'always', 'on-failure', 'unless-stopped']),
  z.string().regex(/^on-failure:\d+$/),
]);

const healthcheck = z.strictObject({
  test: z.tuple([z.enum(['CMD', 'CMD-SHELL'])], z.string()),
  interval: duration,
  timeout: duration,
  retries: z.int().positive(),
  start_period: duration.optional(),
});
const service = z.strictObject({
  image: z.string().regex(/^[a-z0-9]+(?:[._/-][a-z0-9]+)*(?::[\w.-]+)?$/),
  build: z.strictObject({ context: z.string(), dockerfile: z.string(), args: z.record(z.string(), scalar) }).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), scalar).optional(),
  ports: z.array(z.string().regex(/^([\d.]+:)?(\d+(-\d+)?|\$\{[A-Z_]+:-\d+\}):\d+(-\d+)?$/)).optional(),
  volumes: z.array(z.string().regex(/^[a-z]+:\/[\w/.-]+$/)).optional(),
  restart: restart.optional(),
  stop_grace_period: duration.optional(),
  healthcheck: healthcheck.optional(),
  depends_on: z
    .record(
      z.string(),
      z.strictObject({
        condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']),
      }),
    )
    .optional(),
});
export const ComposeFile = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/),
    services: z.record(z.string(), service),
    volumes: z.record(z.string(), z.null()),
  })
  .superRefine(({ services, volumes }, context) => {
    for (const [name, { depends_on = {}, volumes: mounts = [] }] of Object.entries(services)) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        if (services[other] === undefined) context.addIssue(`${name} depends on ${other}, which does not exist`);
        if (condition === 'service_healthy' && services[other]?.healthcheck === undefined)
          context.addIssue(`${name} waits for the health of ${other}, which has no health check`);
      }
      for (const mount of mounts)
        if (!(String(mount.split(':')[0]) in volumes))
          context.addIssue(`${name} mounts the undeclared volume ${mount}`);
    }
  });
export type ComposeFile = z.infer<typeof ComposeFile>;
