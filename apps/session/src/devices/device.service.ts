import { assessHealth, deviceStatus, isFinal, toInstant } from '@chargebus/domain';
import type { DeviceProfile, DeviceRecord } from '@chargebus/domain';
import { DeviceExists, DeviceNotFound } from '@chargebus/errors';
import type { QuarantineRepository, RegistryRepository } from '@chargebus/persistence/session';
import type {
  AdoptDevice,
  DeviceView,
  FindDevice,
  GetDevice,
  GetDeviceRealtime,
  ListDevices,
  ListQuarantined,
  PortView,
  RegisterDevice,
  ReplyOf,
  RequestOf,
  SelectDevices,
} from '@chargebus/requests';
import type { Replay } from '../quarantine/replay';
import type { DeviceSnapshot } from '../shadow/device-shadow';
import { completePorts, toDeviceStatus, toDeviceView, toPortView, toSelected } from '../shadow/views';
import type { DeviceCondition } from '../shadow/views';
import type { CapabilityService } from './capability.service';
import type { DeviceFinder } from './device-finder';
import { blankDevice, blankProfile } from './new-device';
import { placeAndName, refusalOf } from './profile-change';
import type { Rules } from './rules';

/** The registry: which devices there are, whose they are, how they are. */
export class DeviceService {
  constructor(
    private readonly registry: RegistryRepository,
    private readonly quarantine: QuarantineRepository,
    private readonly replay: Replay,
    private readonly finder: DeviceFinder,
    private readonly capabilities: Pick<CapabilityService, 'of'>,
    private readonly rules: Rules,
    private readonly now: () => number,
  ) {}

  async list(request: RequestOf<typeof ListDevices>): Promise<ReplyOf<typeof ListDevices>> {
    const { items, total, nextCursor } = await this.registry.list(request, request.filter, request.page);
    return {
      items: items.map(({ device, profile, openFaults, portFault, charging }) => {
        const status = deviceStatus({ ...device, faulted: openFaults > 0 || portFault, charging });
        return this.view({ device, openFaults, status, heardAtMs: null }, profile);
      }),
      total,
      nextCursor,
    };
  }

  async select(request: RequestOf<typeof SelectDevices>): Promise<ReplyOf<typeof SelectDevices>> {
    const { items, cursor, total } = await this.registry.select(request, request.filter, request.cursor, request.limit);
    return { items: items.map(({ device, profile }) => toSelected(device, profile)), cursor, total };
  }

  async find(request: RequestOf<typeof FindDevice>): Promise<ReplyOf<typeof FindDevice>> {
    const snapshot = await this.finder.snapshot(request, request.deviceId, null);
    const { tenantId, deviceId, protocol, online } = snapshot.device;
    const capabilities = await this.capabilities.of(snapshot.device);
    return { tenantId, deviceId, protocol, online, ports: portViews(snapshot), capabilities };
  }

  async get(request: RequestOf<typeof GetDevice>): Promise<ReplyOf<typeof GetDevice>> {
    const snapshot = await this.finder.snapshot(request, request.deviceId, null);
    const { device } = snapshot;
    const { tenantId, deviceId } = device;
    const standing = await this.registry.standing(tenantId, deviceId);
    if (standing === null) throw new DeviceNotFound({ deviceId });
    return {
      ...this.view({ ...snapshot, status: toDeviceStatus(snapshot) }, standing.profile),
      groups: [...standing.groups],
      health: assessHealth(standing.signs),
      ports: portViews(snapshot),
      capabilities: await this.capabilities.of(device),
    };
  }

  async realtime(request: RequestOf<typeof GetDeviceRealtime>): Promise<ReplyOf<typeof GetDeviceRealtime>> {
    const snapshot = await this.finder.snapshot(request, request.deviceId, null);
    const { device, heardAtMs, ports, sessions } = snapshot;
    const lastSeenMs = Math.max(device.lastFrameAtMs ?? 0, heardAtMs ?? 0);
    return {
      deviceId: device.deviceId,
      online: device.online,
      lastSeenAt: lastSeenMs === 0 ? null : toInstant(lastSeenMs),
      voltageV: device.voltageV,
      temperatureC: device.temperatureC,
      signal: device.signal,
      ports: completePorts(device, ports).map((port) => {
        const session = sessions.get(port.portNo) ?? null;
        const open = session !== null && !isFinal(session.state);
        return { ...toPortView(device, port, session), sample: open ? session.lastSample : null };
      }),
    };
  }

  async register(request: RequestOf<typeof RegisterDevice>): Promise<ReplyOf<typeof RegisterDevice>> {
    const { deviceId, tenantId } = request;
    const device: DeviceRecord = {
      ...blankDevice(deviceId, tenantId, this.now()),
      protocol: request.protocol,
      model: request.model ?? null,
      portCount: request.portCount,
      offlineTimeoutS: request.offlineTimeoutS,
      ...(request.heartbeatIntervalS === null
        ? {}
        : { heartbeatIntervalS: request.heartbeatIntervalS, heartbeatFixed: true }),
    };
    const added = await this.registry
      .add(request, [{ device, before: blankProfile(deviceId, tenantId), change: placeAndName(request) }])
      .catch(refusalOf);
    if (!added.has(deviceId)) throw new DeviceExists({ deviceId });
    await this.replay.run();
    await this.quarantine.release([deviceId]);
    return this.viewOf(await this.finder.snapshot({ tenantId }, deviceId, 0));
  }

  /** The same for a device that has spoken already; nobody can adopt what was never seen. */
  async adopt(request: RequestOf<typeof AdoptDevice>): Promise<ReplyOf<typeof AdoptDevice>> {
    const seen = await this.quarantine.find(request.deviceId);
    if (seen === null) throw new DeviceNotFound({ deviceId: request.deviceId });
    return this.register({ ...request, protocol: request.protocol ?? seen.protocol });
  }

  private view(condition: DeviceCondition, profile: DeviceProfile): DeviceView {
    return toDeviceView(condition, profile, this.now(), this.rules);
  }

  /** Throws DEVICE_NOT_FOUND: it was deleted this moment. */
  async viewOf(snapshot: DeviceSnapshot): Promise<DeviceView> {
    const { tenantId, deviceId } = snapshot.device;
    const profile = await this.registry.profile(tenantId, deviceId);
    if (profile === null) throw new DeviceNotFound({ deviceId });
    return this.view({ ...snapshot, status: toDeviceStatus(snapshot) }, profile);
  }

  async listQuarantined(request: RequestOf<typeof ListQuarantined>): Promise<ReplyOf<typeof ListQuarantined>> {
    const { items, total } = await this.quarantine.list(request.page.limit, request.page.offset);
    return {
      items: items.map(({ firstSeenAtMs, lastSeenAtMs, ...device }) => ({
        ...device,
        firstSeenAt: toInstant(firstSeenAtMs),
        lastSeenAt: toInstant(lastSeenAtMs),
      })),
      total,
      nextCursor: null,
    };
  }
}

const portViews = ({ device, ports, sessions }: DeviceSnapshot): PortView[] =>
  completePorts(device, ports).map((port) => toPortView(device, port, sessions.get(port.portNo) ?? null));
