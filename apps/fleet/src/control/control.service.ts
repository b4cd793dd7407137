import { randomUUID } from 'node:crypto';
import { toInstant } from '@chargebus/domain';
import type { ClientId, DeviceCommand } from '@chargebus/domain';
import {
  AppError,
  CapabilityNotSupported,
  ControlNotCancellable,
  ControlNotFound,
  DeviceIsCharging,
} from '@chargebus/errors';
import { DeviceControlScheduled } from '@chargebus/events';
import type { Bus } from '@chargebus/messaging';
import { asSystem, forTenant } from '@chargebus/persistence';
import type { Database, Transaction } from '@chargebus/persistence';
import type { ControlAction, ControlOutcome, ControlRecord, ControlRepository } from '@chargebus/persistence/fleet';
import { AnnounceDeviceEvent, SetMaintenance } from '@chargebus/requests';
import type {
  CancelControl,
  CommandView,
  ControlDevice,
  ControlView,
  GetControl,
  ListControls,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';
import { chargingPorts, NotOverYet, orderIdOf } from '../devices/device-desk';
import type { CommandLookup } from '../commands/command-lookup';
import type { DeviceDesk, KnownDevice } from '../devices/device-desk';
import { delay, mayPass } from '../lease-worker';
import type { LeasedWork } from '../lease-worker';

const LEASE_MS = 90_000;
const AGAIN_MS = 3_000;
const POLL_MS = 200;
/** A restart that has not reached the device within this is not wanted any more. */
const TIMES = { waitMs: 35_000, expiresInMs: 300_000 };
const SYSTEM = asSystem('control actions of all tenants');

const OUTCOMES: Readonly<Record<CommandView['status'], ControlOutcome>> = {
  queued: 'expired',
  sent: 'no_reply',
  acked: 'done',
  rejected: 'rejected',
  no_reply: 'no_reply',
  expired: 'expired',
  cancelled: 'cancelled',
  withdrawn: 'failed',
  dead: 'failed',
};

/** The order that carries an action out; null: it is the platform's own. A reset does not wait for anybody. */
export function orderOf(action: ControlAction, force: boolean): DeviceCommand | null {
  if (action === 'reboot') return { kind: 'device.reboot', scope: 'device', force };
  return action === 'reset' ? { kind: 'device.reboot', scope: 'device', force: true } : null;
}

/** What is done to a device as a whole: restarts and maintenance, at once or later (decision 7: one command). */
export class ControlService implements LeasedWork<ControlRecord> {
  constructor(
    private readonly database: Database,
    private readonly controls: ControlRepository,
    private readonly desk: DeviceDesk,
    private readonly commands: CommandLookup,
    private readonly bus: Pick<Bus, 'ask'>,
  ) {}

  /** Throws DEVICE_NOT_FOUND, CAPABILITY_NOT_SUPPORTED; DEVICE_IS_CHARGING for a restart at once that is not forced. */
  async accept(request: RequestOf<typeof ControlDevice>): Promise<ControlRecord> {
    const { action, force, notifyBefore, delayS, reason, actor, tenantId } = request;
    const device = await this.desk.find(request, request.deviceId);
    refuseIncapable(device, action, force);
    if (delayS === 0) refuseCharging(device, action, force);
    const control = { controlId: `ctl_${randomUUID()}`, tenantId, deviceId: device.deviceId, action, reason, force };
    return this.write(tenantId, (tx) => this.controls.insert(tx, { ...control, notify: notifyBefore, delayS, actor }));
  }

  /** The action as it stands after at most `waitMs`; one for later is not waited for. */
  async settled({ tenantId, controlId }: ControlRecord, begun: Promise<void>, waitMs: number): Promise<ControlView> {
    const untilMs = Date.now() + waitMs;
    await Promise.race([begun, delay(waitMs)]);
    for (;;) {
      const control = await this.write(tenantId, (tx) => this.controls.find(tx, controlId));
      if (control === null) throw new ControlNotFound({ controlId });
      const later = control.state === 'scheduled' && control.delayS > 0;
      if (control.state === 'done' || later || Date.now() >= untilMs) return this.view(control);
      await delay(POLL_MS);
    }
  }

  async get(request: RequestOf<typeof GetControl>): Promise<ControlView> {
    return this.view(await this.find(request));
  }
  async list(request: RequestOf<typeof ListControls>): Promise<ReplyOf<typeof ListControls>> {
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const found = await this.write(request.tenantId, (tx) =>
      this.controls.list(tx, deviceId, request.state, request.page),
    );
    return { ...found, items: await Promise.all(found.items.map((control) => this.view(control))) };
  }

  /** Cancelling twice is cancelling once. Throws CONTROL_NOT_FOUND, CONTROL_NOT_CANCELLABLE. */
  async cancel(request: RequestOf<typeof CancelControl>): Promise<ControlView> {
    const { controlId } = await this.find(request);
    const cancelled = await this.write(request.tenantId, (tx) => this.controls.cancel(tx, controlId));
    const now = cancelled ?? (await this.find(request));
    if (now.outcome === 'cancelled') return this.view(now);
    throw new ControlNotCancellable({ controlId, state: now.outcome ?? now.state });
  }

  claim(limit: number, id: string | null): Promise<readonly ControlRecord[]> {
    return this.database.transaction(SYSTEM, (tx) => this.controls.claim(tx, LEASE_MS, limit, id));
  }
  idOf({ controlId }: ControlRecord): string {
    return controlId;
  }

  /** Tells the world where that was asked for, and does what is due. */
  async look(control: ControlRecord): Promise<void> {
    const { controlId, tenantId } = control;
    try {
      if (control.notify && !control.notified) {
        await this.tell(control);
        await this.write(tenantId, (tx) => this.controls.told(tx, controlId));
        if (control.delayS > 0) return;
        await this.claim(1, controlId);
      }
      await this.carryOut(control);
    } catch (error) {
      if (error instanceof NotOverYet || mayPass(error)) {
        await this.write(tenantId, (tx) => this.controls.release(tx, controlId, AGAIN_MS));
        return;
      }
      if (!(error instanceof AppError)) throw error;
      const outcome = error.definition === DeviceIsCharging.definition ? 'refused' : 'failed';
      await this.end(control, { outcome, why: error.definition.name.toLowerCase() });
    }
  }

  private async carryOut(control: ControlRecord): Promise<void> {
    const { controlId, tenantId, deviceId, action, force, actor } = control;
    const device = await this.desk.find({ tenantId }, deviceId);
    if (control.state === 'scheduled') refuseCharging(device, action, force);
    const command = orderOf(action, force);
    const cause = { causeId: controlId, tenantId, deviceId, clientId: actor.clientId as ClientId | null };
    const orderId = command === null ? null : orderIdOf(cause, action);
    if (!(await this.write(tenantId, (tx) => this.controls.begin(tx, controlId, orderId)))) return;
    if (command === null) {
      await this.bus.ask(SetMaintenance, {
        tenantId,
        deviceId,
        portNo: null,
        maintenance: action === 'maintenance_mode',
      });
      await this.end(control, { outcome: 'done', why: null });
      return;
    }
    const { status, reason } = await this.desk.order(cause, action, command, TIMES);
    const outcome = OUTCOMES[status];
    await this.end(control, { outcome, why: outcome === 'done' ? null : reason });
  }

  private async tell({
    controlId,
    tenantId,
    deviceId,
    action,
    reason,
    delayS,
    scheduledAt,
  }: ControlRecord): Promise<void> {
    const { ports } = await this.desk.find({ tenantId }, deviceId);
    await this.bus.ask(AnnounceDeviceEvent, {
      tenantId,
      deviceId,
      causeId: controlId,
      occurredAt: toInstant(Date.now()),
      type: DeviceControlScheduled.type,
      data: {
        controlId,
        action,
        reason,
        delayS,
        scheduledAt: toInstant(scheduledAt.getTime()),
        affectedSessions: ports.flatMap(({ sessionId }) => sessionId ?? []),
      },
    });
  }

  private end(
    { tenantId, controlId }: ControlRecord,
    end: Pick<ControlRecord, 'why'> & { readonly outcome: ControlOutcome },
  ): Promise<void> {
    return this.write(tenantId, (tx) => this.controls.finish(tx, controlId, end));
  }

  private async view(control: ControlRecord): Promise<ControlView> {
    const { tenantId, commandId, outcome } = control;
    if (commandId === null) return { ...toControlView(control), commandStatus: null };
    if (outcome === 'done') return { ...toControlView(control), commandStatus: 'acked' };
    const command = await this.commands.find({ tenantId, commandId });
    return { ...toControlView(control), commandStatus: command?.status ?? null };
  }

  private async find(request: RequestOf<typeof GetControl>): Promise<ControlRecord> {
    const { deviceId } = await this.desk.find(request, request.deviceId);
    const control = await this.write(request.tenantId, (tx) => this.controls.find(tx, request.controlId));
    if (control?.deviceId !== deviceId) throw new ControlNotFound({ controlId: request.controlId });
    return control;
  }
  private write<T>(tenantId: ControlRecord['tenantId'], work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(forTenant(tenantId), work);
  }
}

export function refuseIncapable({ deviceId, capabilities }: KnownDevice, action: ControlAction, force: boolean): void {
  const kind = orderOf(action, force)?.kind;
  const capability = kind === undefined ? undefined : capabilities?.[kind];
  if (capability?.support === 'none')
    throw new CapabilityNotSupported({ deviceId, capability: action, why: capability.why });
}
/** A restart cuts charges off; maintenance lets them go on. */
export function refuseCharging(device: KnownDevice, action: ControlAction, force: boolean): void {
  if (force || orderOf(action, force) === null || chargingPorts(device).length === 0) return;
  throw new DeviceIsCharging({ deviceId: device.deviceId }, { details: { ports: chargingPorts(device) } });
}

const toControlView = (control: ControlRecord): Omit<ControlView, 'commandStatus'> => ({
  controlId: control.controlId,
  deviceId: control.deviceId,
  action: control.action,
  reason: control.reason,
  force: control.force,
  notifyBefore: control.notify,
  notified: control.notified,
  delayS: control.delayS,
  actor: control.actor,
  state: control.state,
  outcome: control.outcome,
  why: control.why,
  commandId: control.commandId,
  createdAt: toInstant(control.createdAt.getTime()),
  scheduledAt: toInstant(control.scheduledAt.getTime()),
  finishedAt: control.finishedAt === null ? null : toInstant(control.finishedAt.getTime()),
});
