import { isFinal, toInstant } from '@chargebus/domain';
import type { DeviceRecord } from '@chargebus/domain';
import { DeviceExists, DeviceNotFound } from '@chargebus/errors';
import type { QuarantineRepository, RegistryRepository } from '@chargebus/persistence/session';
import type {
  AdoptDevice,
  GetDevice,
  GetDeviceRealtime,
  ListDevices,
  ListQuarantined,
  RegisterDevice,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';
import type { Replay } from '../quarantine/replay';
import { completePorts, toDeviceView, toPortView } from '../shadow/views';
import type { CapabilityService } from './capability.service';
import type { DeviceFinder } from './device-finder';
import { blankDevice } from './new-device';
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
    const { items, total, nextCursor } = await this.registry.list(request.tenantId, request, request.page);
    return {
      items: items.map(({ openFaults, ...device }) => toDeviceView(device, openFaults, null, this.now(), this.rules)),
      total,
      nextCursor,
    };
  }

  async get(request: RequestOf<typeof GetDevice>): Promise<ReplyOf<typeof GetDevice>> {
    const snapshot = await this.finder.snapshot(request.tenantId, request.deviceId, null);
    const { device, openFaults, heardAtMs, ports, sessions } = snapshot;
    return {
      ...toDeviceView(device, openFaults, heardAtMs, this.now(), this.rules),
      ports: completePorts(device, ports).map((port) => toPortView(port, sessions.get(port.portNo) ?? null)),
      capabilities: await this.capabilities.of(device),
    };
  }

  async realtime(request: RequestOf<typeof GetDeviceRealtime>): Promise<ReplyOf<typeof GetDeviceRealtime>> {
    const snapshot = await this.finder.snapshot(request.tenantId, request.deviceId, null);
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
        return { ...toPortView(port, session), sample: open ? session.lastSample : null };
      }),
    };
  }

  async register(request: RequestOf<typeof RegisterDevice>): Promise<ReplyOf<typeof RegisterDevice>> {
    const nowMs = this.now();
    const device: DeviceRecord = {
      ...blankDevice(request.deviceId, request.tenantId, nowMs),
      name: request.name,
      protocol: request.protocol,
      type: request.type,
      region: request.region,
      portCount: request.portCount,
      offlineTimeoutS: request.offlineTimeoutS,
      ...(request.heartbeatIntervalS === null
        ? {}
        : { heartbeatIntervalS: request.heartbeatIntervalS, heartbeatFixed: true }),
    };
    if (!(await this.registry.add(device))) throw new DeviceExists({ deviceId: request.deviceId });
    await this.replay.run();
    await this.quarantine.release(request.deviceId);
    const { openFaults, heardAtMs, ...snapshot } = await this.finder.snapshot(request.tenantId, request.deviceId, null);
    return toDeviceView(snapshot.device, openFaults, heardAtMs, this.now(), this.rules);
  }

  /** The same for a device that has spoken already; nobody can adopt what was never seen. */
  async adopt(request: RequestOf<typeof AdoptDevice>): Promise<ReplyOf<typeof AdoptDevice>> {
    const seen = await this.quarantine.find(request.deviceId);
    if (seen === null) throw new DeviceNotFound({ deviceId: request.deviceId });
    return this.register({ ...request, protocol: request.protocol ?? seen.protocol });
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
