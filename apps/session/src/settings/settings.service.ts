import { randomUUID } from 'node:crypto';
import { NO_DEVICE_LIMITS } from '@chargebus/domain';
import type { DeviceId, DeviceLimits, DeviceRecord, TenantId } from '@chargebus/domain';
import { DeviceNotFound } from '@chargebus/errors';
import {
  ApprovalDecided,
  ApprovalRequested,
  DeviceControlScheduled,
  DeviceParamResult,
  DeviceUpgradeProgress,
} from '@chargebus/events';
import type { EventDefinition } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import type {
  AnnounceDeviceEvent,
  DeviceSettings,
  GetDeviceSettings,
  ReplyOf,
  RequestOf,
  SetDeviceSettings,
} from '@chargebus/requests';
import { announceAdmission } from '../credentials/admission-news';
import type { DeviceWork } from '../devices/device-work';
import type { DeviceFinder } from '../devices/device-finder';
import type { Engine } from '../engine/engine';

/** Events that other apps have announced here, so that they stand in the device's one order. */
const ANNOUNCED: Readonly<Record<RequestOf<typeof AnnounceDeviceEvent>['type'], EventDefinition>> = {
  [DeviceParamResult.type]: DeviceParamResult,
  [DeviceControlScheduled.type]: DeviceControlScheduled,
  [DeviceUpgradeProgress.type]: DeviceUpgradeProgress,
  [ApprovalRequested.type]: ApprovalRequested,
  [ApprovalDecided.type]: ApprovalDecided,
};

/** What the platform itself keeps to for a device, and what it is asked to tell about it. */
export class SettingsService {
  constructor(
    private readonly finder: Pick<DeviceFinder, 'snapshot'>,
    private readonly engine: Pick<Engine, 'run'>,
    private readonly bus: Pick<Bus, 'nc'>,
  ) {}

  async get({ tenantId, deviceId }: RequestOf<typeof GetDeviceSettings>): Promise<DeviceSettings> {
    return settingsOf((await this.finder.snapshot({ tenantId }, deviceId, 0)).device);
  }

  /** Presence and the deadlines of running charges are looked at anew with the commit. */
  async set({ tenantId, deviceId, settings }: RequestOf<typeof SetDeviceSettings>): Promise<DeviceSettings> {
    const device = await this.change(tenantId, deviceId, `settings:${randomUUID()}`, (work) => {
      work.setDevice(withSettings(work.device, settings));
    });
    if (settings.heartbeatIntervalS !== undefined) announceAdmission(this.bus, deviceId); // it goes with the next boot
    return settingsOf(device);
  }

  async announce(request: RequestOf<typeof AnnounceDeviceEvent>): Promise<ReplyOf<typeof AnnounceDeviceEvent>> {
    const { tenantId, deviceId, causeId, occurredAt, type, data } = request;
    const event = ANNOUNCED[type];
    const checked: unknown = event.data.parse(data);
    await this.change(tenantId, deviceId, causeId, (work) => {
      work.emit(event, causeId, Date.parse(occurredAt), checked);
    });
    return {};
  }

  private async change(
    tenantId: TenantId,
    deviceId: DeviceId,
    causeId: string,
    decide: (work: DeviceWork) => void,
  ): Promise<DeviceRecord> {
    const outcome: { device?: DeviceRecord } = {};
    await this.engine.run([
      {
        deviceId,
        causeId,
        decide: (work) => {
          if (work.device.tenantId !== tenantId) return;
          decide(work);
          outcome.device = work.device;
        },
      },
    ]);
    if (outcome.device === undefined) throw new DeviceNotFound({ deviceId });
    return outcome.device;
  }
}

function settingsOf({ heartbeatFixed, heartbeatIntervalS, offlineTimeoutS, limits }: DeviceRecord): DeviceSettings {
  const { voltageRangeV, ...others } = limits ?? NO_DEVICE_LIMITS;
  return {
    heartbeatIntervalS: heartbeatFixed ? heartbeatIntervalS : null,
    offlineTimeoutS,
    ...others,
    voltageRangeV: voltageRangeV === null ? null : [...voltageRangeV],
  };
}

type NewSettings = RequestOf<typeof SetDeviceSettings>['settings'];
function withSettings(device: DeviceRecord, settings: NewSettings): Partial<DeviceRecord> {
  const { heartbeatIntervalS, offlineTimeoutS, ...others } = settings;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  const limits: DeviceLimits = { ...NO_DEVICE_LIMITS, ...device.limits, ...given };
  const watched = Object.values(limits).some((limit) => limit !== null);
  return {
    ...(heartbeatIntervalS === undefined ? {} : { heartbeatFixed: heartbeatIntervalS !== null }),
    ...(heartbeatIntervalS == null ? {} : { heartbeatIntervalS }),
    ...(offlineTimeoutS === undefined ? {} : { offlineTimeoutS }),
    limits: watched ? limits : null,
  };
}
