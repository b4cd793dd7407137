import { FIRMWARE_BUCKET } from '@chargebus/domain';
import type { DeviceCommand } from '@chargebus/domain';
import { BlobStore } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import { LRUCache } from 'lru-cache';

/** 65,535 packets of 256 bytes: more no device takes packet by packet. */
const MAX_IMAGE_BYTES = 65_535 * 256;
/** A rollout gives many devices the same image within minutes. */
const KEPT_IMAGES = 4;
const KEPT_MS = 600_000;

/**
 * Puts the bytes of a stored image into an order that only names it, so that neither the queue nor a row of `command` nor
 * a message of the bus carries them.
 */
export class FirmwareImages {
  private readonly images = new LRUCache<string, Promise<string>>({ max: KEPT_IMAGES, ttl: KEPT_MS });
  private store: Promise<BlobStore> | null = null;

  constructor(private readonly bus: Bus) {}

  /** Rejects where there is no such image, it is damaged, or NATS is away. */
  async fill(command: DeviceCommand): Promise<DeviceCommand> {
    if (!namesImage(command)) return command;
    return { ...command, imageBase64: await this.image(command.imageBlob) };
  }

  private image(name: string): Promise<string> {
    const known = this.images.get(name);
    if (known !== undefined) return known;
    const loading = this.load(name);
    this.images.set(name, loading);
    loading.catch(() => this.images.delete(name)); // the next one tries again
    return loading;
  }

  private async load(name: string): Promise<string> {
    this.store ??= BlobStore.open(this.bus, FIRMWARE_BUCKET);
    const store = await this.store.catch((error: unknown) => {
      this.store = null;
      throw error;
    });
    const found = await store.get(name);
    if (found === null) throw new Error(`there is no firmware image ${name}`);
    if (found.info.sizeBytes > MAX_IMAGE_BYTES) throw new Error(`firmware image ${name} is too long for packets`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of found.bytes as AsyncIterable<Uint8Array>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('base64');
  }
}

/** An order whose image still lies in the store. */
export const namesImage = (
  command: DeviceCommand,
): command is Extract<DeviceCommand, { kind: 'firmware.update' }> & { readonly imageBlob: string } =>
  command.kind === 'firmware.update' && command.imageBlob !== undefined && command.imageBase64 === null;
