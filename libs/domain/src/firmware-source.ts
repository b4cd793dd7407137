import { z } from 'zod';
import { Instant } from './ids';

/** Where a device that fetches its firmware itself finds it, and when. What is absent is the device's own affair. */
export const FirmwareSource = z.object({
  location: z.url().max(512), // ftp, http or https; user and password are given apart
  user: z.string().max(64).optional(),
  password: z.string().max(64).optional(),
  retrieveAt: Instant.optional(),
  installAt: Instant.optional(),
  whenIdle: z.boolean().optional(), // waits until nobody charges
  timeoutMin: z.number().int().min(1).max(255).optional(), // of the download
  retries: z.number().int().min(0).max(100).optional(),
  retryIntervalS: z.number().int().min(1).max(86_400).optional(),
  ratedPowerKw: z.number().int().min(0).max(255).optional(), // of the devices that the image is for
  /** For devices that check who made it. */
  signing: z.object({ certificatePem: z.string().max(5_500), signatureBase64: z.string().max(800) }).optional(),
});
export type FirmwareSource = z.infer<typeof FirmwareSource>;

/** Bucket of the stored images; a blob's name says whose it is and its digest. */
export const FIRMWARE_BUCKET = 'firmware';

const DEFAULT_PORTS: Readonly<Record<string, number>> = { ftp: 21, http: 80, https: 443 };

/** For protocols that carry the parts of an address. `path` keeps its first slash. Throws RangeError. */
export function partsOfLocation(location: string): {
  readonly host: string;
  readonly port: number;
  readonly path: string;
} {
  const { protocol, hostname, port, pathname, search } = new URL(location);
  const usual = DEFAULT_PORTS[protocol.slice(0, -1)];
  if (usual === undefined || hostname === '') throw new RangeError(`${location} is no ftp, http or https address`);
  return { host: hostname, port: port === '' ? usual : Number(port), path: decodeURIComponent(pathname) + search };
}
