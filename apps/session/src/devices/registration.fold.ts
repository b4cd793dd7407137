import type { DeviceRecord } from '@chargebus/domain';
import { DeviceFirmwareReported, DeviceRegistration } from '@chargebus/events';
import type { ProtocolEventOf } from '@chargebus/events';
import type { DeviceWork } from './device-work';

/** What the device says of itself. Devices repeat it, so only a difference is news. */
export function foldRegistered(work: DeviceWork, fact: ProtocolEventOf<'device.registered'>): void {
  forgetOwnLimits(work);
  const { device } = work;
  const said: Partial<DeviceRecord> = Object.fromEntries(
    Object.entries({
      protocol: fact.protocol,
      deviceNo: fact.deviceNo,
      model: fact.model,
      firmwareVersion: fact.firmwareVersion,
      portCount: fact.portCount,
      iccid: fact.iccid,
      imei: fact.imei,
    }).filter(([key, value]) => value !== null && value !== device[key as keyof DeviceRecord]),
  );
  const attributes = { ...device.attributes, ...fact.attributes };
  const attributesChanged = JSON.stringify(attributes) !== JSON.stringify(device.attributes);
  if (Object.keys(said).length === 0 && !attributesChanged) return;
  const isAnother = 'model' in said || 'firmwareVersion' in said;
  work.setDevice({ ...said, attributes, ...(isAnother ? { incapable: {} } : {}) });
  const { protocol, model, firmwareVersion, portCount, iccid } = work.device;
  work.emit(DeviceRegistration, fact.id, Date.parse(fact.at), {
    protocol: protocol ?? fact.protocol,
    model,
    firmwareVersion,
    portCount: portCount === 0 ? null : portCount,
    iccid,
  });
}

/** What was true of this device alone may be a setting that has changed since: it is found out anew. */
function forgetOwnLimits(work: DeviceWork): void {
  const all = Object.entries(work.device.incapable);
  const ofModel = all.filter(([, { of }]) => of === 'model');
  if (ofModel.length < all.length) work.setDevice({ incapable: Object.fromEntries(ofModel) });
}

/** What hangs behind a host: for people to read. */
export function foldInventory(work: DeviceWork, fact: ProtocolEventOf<'device.inventory'>): void {
  const attributes = { ...work.device.attributes, inventory: fact.entries };
  if (JSON.stringify(attributes) !== JSON.stringify(work.device.attributes)) work.setDevice({ attributes });
}

const MAX_TOPICS = 24;
const MAX_NOTICE_CHARS = 8_000;

/** The latest of each topic, for people to read; a repeat writes the same again. Long ones only say that they came. */
export function foldNotice(work: DeviceWork, { topic, details, at }: ProtocolEventOf<'device.notice'>): void {
  const { notices = {}, ...attributes } = work.device.attributes as { notices?: Record<string, unknown> };
  const chars = JSON.stringify(details).length;
  const others = Object.entries(notices).filter(([name]) => name !== topic);
  const notice = chars > MAX_NOTICE_CHARS ? { at, chars } : { at, ...details };
  const kept = Object.fromEntries([...others.slice(1 - MAX_TOPICS), [topic, notice]]);
  work.setDevice({ attributes: { ...attributes, notices: kept } });
}

/** Where a firmware update stands; the command that caused it has its own result, and `fleet` follows the rest. */
export function foldFirmware(work: DeviceWork, fact: ProtocolEventOf<'firmware.progress'>): void {
  const { phase, packet, totalPackets, reason } = fact;
  const { stage, percent } = fact.attributes;
  work.setDevice({
    attributes: { ...work.device.attributes, firmware: { phase, packet, totalPackets, reason, at: fact.at } },
  });
  work.emit(DeviceFirmwareReported, fact.id, Date.parse(fact.at), {
    phase,
    stage: typeof stage === 'string' ? stage : null,
    percent: typeof percent === 'number' ? percent : null,
    packet,
    totalPackets,
    reason,
  });
}
