import { toInstant } from '@chargebus/domain';
import type { CommandId, DeviceId, SessionId } from '@chargebus/domain';
import { DeviceNotFound, DeviceOffline, NothingToStop, PortBusy } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { FindDevice, SelectDevices, StartCharge, StopCharge } from '@chargebus/requests';
import type { ReplyOf, RequestOf, SelectedDevice } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';
import type { z } from 'zod';
import type { FakeCommand } from './fake-command';

type Start = RequestOf<typeof StartCharge>;
type Stop = RequestOf<typeof StopCharge>;
type Charge = ReplyOf<typeof StopCharge>;

/** The app `session` on the real bus: knows devices, opens one session a port, gives its orders to `FakeCommand`. */
export class FakeSession {
  readonly devices = new Map<string, z.infer<typeof SelectedDevice>>();
  readonly starts: Start[] = [];
  private readonly sessions = new Map<string, { key: string | null; reply: ReplyOf<typeof StartCharge> }>();

  constructor(
    bus: Bus,
    private readonly command: FakeCommand,
  ) {
    bus.answer(StartCharge, (request) => Promise.resolve(this.start(request)));
    bus.answer(StopCharge, (request) => Promise.resolve(this.stop(request)));
    bus.answer(FindDevice, ({ tenantId, deviceId }) => {
      const device = this.find(deviceId);
      return Promise.resolve({ ...device, tenantId, ports: [], capabilities: null } as unknown as ReplyOf<
        typeof FindDevice
      >);
    });
    bus.answer(SelectDevices, ({ filter, cursor, limit }) => {
      const ids = filter.deviceIds === null ? null : new Set<string>(filter.deviceIds);
      const all = [...this.devices.values()]
        .filter(({ deviceId, online, region }) => {
          const inRegion = filter.regions === null || (region !== null && filter.regions.includes(region));
          return (
            (ids === null || ids.has(deviceId)) && (filter.online === null || filter.online === online) && inRegion
          );
        })
        .filter(({ deviceId }) => cursor === null || deviceId > cursor)
        .sort((a, b) => (a.deviceId < b.deviceId ? -1 : 1));
      const items = all.slice(0, limit);
      const next = all.length > limit ? (items.at(-1)?.deviceId ?? null) : null;
      return Promise.resolve({ items, cursor: next, total: cursor === null ? all.length : null });
    });
  }

  addDevice(changes: Partial<z.infer<typeof SelectedDevice>> = {}): DeviceId {
    const deviceId = (0x05000000 + this.devices.size).toString(16).toUpperCase().padStart(8, '0') as DeviceId;
    this.devices.set(deviceId, {
      deviceId,
      type: 'AC',
      protocol: 'ap3000',
      model: null,
      firmwareVersion: null,
      online: true,
      maintenance: false,
      region: null,
      station: null,
      ...changes,
    });
    return deviceId;
  }
  addDevices(count: number, changes: Partial<z.infer<typeof SelectedDevice>> = {}): DeviceId[] {
    return Array.from({ length: count }, () => this.addDevice(changes));
  }

  private find(deviceId: string): z.infer<typeof SelectedDevice> {
    const device = this.devices.get(deviceId);
    if (device === undefined) throw new DeviceNotFound({ deviceId });
    return device;
  }

  private start(request: Start): ReplyOf<typeof StartCharge> {
    this.starts.push(request);
    const { online, deviceId } = this.find(request.deviceId);
    const port = `${deviceId}:${(request.portNo ?? 0).toString()}`;
    const before = this.sessions.get(port);
    if (before?.key === request.idempotencyKey) return { ...before.reply, replayed: true };
    if (!online && request.requireOnline) throw new DeviceOffline({ deviceId });
    if (before !== undefined) throw new PortBusy({ deviceId, portNo: request.portNo ?? 'any' });
    const charge = this.charge(request, 'start');
    const reply = { ...charge, commandId: charge.commandId!, estimatedStartAt: toInstant(Date.now()), replayed: false };
    this.sessions.set(port, { key: request.idempotencyKey, reply });
    return reply;
  }

  private stop(request: Stop): Charge {
    const { deviceId } = this.find(request.deviceId);
    const port = `${deviceId}:${(request.portNo ?? 0).toString()}`;
    if (!this.sessions.delete(port)) throw new NothingToStop({ deviceId, portNo: request.portNo ?? '?' });
    return this.charge(request, 'stop');
  }

  private charge(request: Start | Stop, what: 'start' | 'stop'): Charge {
    const commandId = uuidOf(`${what} ${request.deviceId} ${this.starts.length.toString()}`) as CommandId;
    const { tenantId, deviceId, clientId, portNo, orderNo } = request;
    const sessionId = `SES${deviceId}${(portNo ?? 0).toString()}` as SessionId;
    const command = { kind: 'charge.stop', portNo, orderRef: 'ref', keepLocked: false } as unknown as Parameters<
      FakeCommand['accept']
    >[0]['command'];
    const expiresAt = toInstant(Date.now() + 60_000);
    const status = this.command.accept({ commandId, tenantId, deviceId, clientId, sessionId, command, expiresAt });
    return {
      session: { sessionId, internalOrderId: 1, orderNo, deviceId } as unknown as Charge['session'],
      commandStatus: status,
      commandReason: null,
      commandId,
      deviceResponseTimeoutS: 15,
    };
  }
}
