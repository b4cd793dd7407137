/** How much one message about variables may carry; null: the station has not said. */
export interface MessageLimits {
  readonly items: number | null;
  readonly bytes: number | null;
}
/** For stations that say nothing: what every one that was met takes. */
const USUAL_ITEMS = 20;

/** Page §4.3: `ItemsPerMessage` and `BytesPerMessage`. An item that is too long alone goes alone. */
export function inBatches<T extends object>(items: readonly T[], { items: most, bytes }: MessageLimits): T[][] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let size = ENVELOPE_BYTES;
  for (const item of items) {
    const itemBytes = JSON.stringify(item).length + 1;
    const isFull = batch.length >= (most ?? USUAL_ITEMS) || (bytes !== null && size + itemBytes > bytes);
    if (isFull && batch.length > 0) {
      batches.push(batch);
      batch = [];
      size = ENVELOPE_BYTES;
    }
    batch.push(item);
    size += itemBytes;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
/** `[2,"<uuid>","SetVariables",{"setVariableData":[]}]` */
const ENVELOPE_BYTES = 84;
