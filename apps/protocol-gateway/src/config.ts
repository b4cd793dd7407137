import { commonSettings, ConfigError, csvStrings, defineConfig, flag, tcpPort } from '@chargebus/config';
import type { ConfigOf } from '@chargebus/config';
import { AddressRanges } from '@chargebus/security';
import { z } from 'zod';
import type { AttemptLimits } from './handshake/attempts';
import type { HandshakeOptions } from './handshake/handshake';
import type { TlsFiles } from './links/tls-settings';
import type { DoorOptions } from './links/websocket-door';
import { protocolOptionsJson } from './protocol-options';

const count = z.coerce.number().int().positive();

export const configDefinition = defineConfig('protocol-gateway', {
  ...commonSettings,
  DEVICE_TCP_HOST: z.string().default('127.0.0.1').describe('address that devices connect to'),
  DEVICE_TCP_PORT: tcpPort.default(7000).describe('one port for every TCP protocol; 0: any free one'),
  DEVICE_WS_HOST: z.string().default('127.0.0.1').describe('address that WebSocket devices connect to'),
  DEVICE_WS_PORT: tcpPort.default(9000).describe('WebSocket without TLS: security profiles 0 and 1; 0: any free one'),
  DEVICE_WSS_PORT: tcpPort.optional().describe('WebSocket over TLS: security profile 2; unset: off'),
  DEVICE_MTLS_PORT: tcpPort.optional().describe('the same with client certificates: security profile 3; unset: off'),
  DEVICE_TLS_CERT_FILES: csvStrings.default([]).describe('PEM chains of this server: ECDSA and RSA, comma separated'),
  DEVICE_TLS_KEY_FILES: csvStrings.default([]).describe('their keys, in the same order'),
  DEVICE_TLS_CLIENT_CA_FILE: z.string().optional().describe('who signs the certificates of stations, in PEM'),
  DEVICE_TLS_CLIENT_CRL_FILE: z.string().optional().describe('certificates of stations that were revoked, in PEM'),
  DEVICE_TLS_CHECK_S: z.coerce
    .number()
    .positive()
    .max(86_400)
    .default(60)
    .describe('how often the files are read again'),
  STATION_OPERATOR: z.string().optional().describe('organisation (O) that certificates of stations must name'),
  DEVICE_PROXIES: csvStrings
    .default([])
    .refine((texts) => texts.every((text) => AddressRanges.accepts(text)), 'must be addresses and CIDR ranges')
    .describe(
      'load balancers that end TLS on DEVICE_WS_PORT; their X-Forwarded-* and Client-Cert headers are believed',
    ),
  DEVICE_WS_PATH: z
    .string()
    .regex(/^\/[\w/-]*$/)
    .default('/ocpp')
    .describe('what stands before the identity in the URL'),
  DEVICE_WS_ALLOW_PROFILE_0: flag
    .optional()
    .describe('devices without any credentials, for laboratories; by default only in profile development'),
  DEVICE_WS_MAX_MESSAGE_BYTES: z.coerce.number().int().min(65_536).max(16_777_216).default(1_048_576),
  DEVICE_WS_MAX_UNSENT_BYTES: count.default(1_048_576).describe('a device that does not take so much is cut off'),
  DEVICE_WS_PING_INTERVAL_S: z.coerce
    .number()
    .min(2)
    .max(3_600)
    .default(30)
    .describe('two intervals without any sign end a connection'),
  DEVICE_WS_BYTES_PER_S: count.default(262_144).describe('as CONNECTION_BYTES_PER_S, of a WebSocket'),
  DEVICE_WS_CONNECTS_PER_S: count.default(500).describe('handshakes, after a burst of 5 s; above it 503'),
  DEVICE_WS_ATTEMPTS_PER_MINUTE: count.default(10).describe('handshakes of one identity; above it 429'),
  DEVICE_WS_FAILURES_PER_MINUTE: count.default(600).describe('refused handshakes from one address; above it 429'),
  DEVICE_MAX_CONNECTIONS: count.default(50_000).describe('further connections are refused'),
  DEVICE_MAX_CONNECTIONS_PER_ADDRESS: count
    .default(25_000)
    .describe('generous by default: carriers put a city of SIM cards behind one address'),
  CONNECTION_MAX_DEVICES: count.default(64).describe('devices behind one connection (a host and its slaves)'),
  CONNECTION_BYTES_PER_S: count.default(16_384).describe('sustained; above it, and a burst of 8 s, reading pauses'),
  CONNECTION_ERRORS_PER_MINUTE: count.default(60).describe('bad frames and noise; above it the connection is closed'),
  CONNECTION_IDENTIFY_S: count.default(60).describe('a connection without a whole frame by then is closed'),
  PROTOCOL_OPTIONS: protocolOptionsJson
    .prefault('{}')
    .describe(
      'JSON: what drivers and devices have otherwise, by protocol; docs/protocols says which options there are',
    ),
  FACT_BATCH_INTERVAL_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(20)
    .describe('least time between two publishes of one partition; the first one after quiet goes at once'),
  FACT_PATIENCE_MS: z.coerce
    .number()
    .int()
    .min(0)
    .default(200)
    .describe('readings and heartbeats wait so long for company, less where there is much of it; 0: not at all'),
  FACT_BATCH_MAX_BYTES: z.coerce.number().int().min(1_024).max(900_000).default(262_144),
  FACT_BACKLOG_MAX_BYTES: count
    .default(33_554_432)
    .describe('facts that the stream has not acknowledged; above it devices are not read'),
  ORDER_QUEUE_MAX: count.default(100).describe('orders that wait for one device'),
  TRACE_FRAMES_PER_S: z.coerce
    .number()
    .int()
    .min(0)
    .max(100_000)
    .default(1_000)
    .describe('frames recorded for people to look at; above it, and at 0, only those of devices that somebody watches'),
  FRAME_REPORT_S: z.coerce
    .number()
    .min(0.1)
    .max(3_600)
    .default(10)
    .describe('how often the registry is told what became of frames, for its statistics'),
  DRAIN_SPREAD_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .optional()
    .describe('at the end: WebSockets close within this time, not all at once; 8 s, in development at once'),
  DRAIN_ORDERS_MS: z.coerce
    .number()
    .int()
    .min(0)
    .max(10_000)
    .default(3_000)
    .describe('at the end: how long orders on the wire may still be answered'),
});
export type Config = ConfigOf<typeof configDefinition>;

export const attemptLimits = (config: Config): AttemptLimits => ({
  perIdentityPerMinute: config.DEVICE_WS_ATTEMPTS_PER_MINUTE,
  failuresPerAddressPerMinute: config.DEVICE_WS_FAILURES_PER_MINUTE,
  connectsPerS: config.DEVICE_WS_CONNECTS_PER_S,
});
export const handshakeOptions = (config: Config): HandshakeOptions => ({
  basePath: config.DEVICE_WS_PATH.replace(/\/$/, ''),
  allowProfile0: config.DEVICE_WS_ALLOW_PROFILE_0 ?? config.CHARGEBUS_PROFILE === 'development',
  operator: config.STATION_OPERATOR ?? null,
});
export const doorOptions = (config: Config): DoorOptions => ({
  maxMessageBytes: config.DEVICE_WS_MAX_MESSAGE_BYTES,
  balancers: new AddressRanges(config.DEVICE_PROXIES),
  certificateCheckMs: config.DEVICE_TLS_CHECK_S * 1_000,
  limits: {
    bytesPerS: config.DEVICE_WS_BYTES_PER_S,
    pingIntervalMs: config.DEVICE_WS_PING_INTERVAL_S * 1_000,
    maxUnsentBytes: config.DEVICE_WS_MAX_UNSENT_BYTES,
  },
});

/** Throws ConfigError when a TLS port is set without what it needs. `mutual`: with certificates of stations. */
export function tlsFiles(config: Config, mutual: boolean): TlsFiles {
  const { DEVICE_TLS_CERT_FILES: certFiles, DEVICE_TLS_KEY_FILES: keyFiles } = config;
  if (certFiles.length === 0 || certFiles.length !== keyFiles.length)
    throw new ConfigError('a TLS port needs DEVICE_TLS_CERT_FILES and as many DEVICE_TLS_KEY_FILES');
  if (!mutual) return { certFiles, keyFiles, clientCaFile: null, clientCrlFile: null };
  if (config.DEVICE_TLS_CLIENT_CA_FILE === undefined)
    throw new ConfigError('DEVICE_MTLS_PORT needs DEVICE_TLS_CLIENT_CA_FILE');
  return {
    certFiles,
    keyFiles,
    clientCaFile: config.DEVICE_TLS_CLIENT_CA_FILE,
    clientCrlFile: config.DEVICE_TLS_CLIENT_CRL_FILE ?? null,
  };
}

export const drainSpreadMs = ({ CHARGEBUS_PROFILE, DRAIN_SPREAD_MS }: Config): number =>
  DRAIN_SPREAD_MS ?? (CHARGEBUS_PROFILE === 'development' ? 0 : 8_000);
