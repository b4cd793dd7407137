import { CommandId, PORT_STATES_CHARGING, toInstant } from '@chargebus/domain';
import type { ClientId, DeviceCommand, DeviceId, TenantId } from '@chargebus/domain';
import type { Bus } from '@chargebus/messaging';
import { FindDevice, GetDevice, GetDeviceSettings, SubmitCommand } from '@chargebus/requests';
import type { Audience, CommandView, DeviceSettings, ReplyOf } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';

export type KnownDevice = ReplyOf<typeof FindDevice>;
export type DeviceInFull = ReplyOf<typeof GetDevice>;

/** For what an order is given: the same cause and purpose are the same order, however often it is given. */
export interface OrderCause {
  readonly causeId: string;
  readonly tenantId: TenantId;
  readonly deviceId: DeviceId;
  readonly clientId: ClientId | null;
}
export interface OrderTimes {
  /** How long to wait for its end here. */
  readonly waitMs: number;
  /** After so long it must not reach the device any more. */
  readonly expiresInMs: number;
}

/** The order is not over: ask again later, in the same words. */
export class NotOverYet extends Error {
  constructor(readonly commandId: CommandId) {
    super(`command ${commandId} is not over`);
  }
}

const OVER: ReadonlySet<CommandView['status']> = new Set([
  'acked',
  'rejected',
  'no_reply',
  'expired',
  'cancelled',
  'withdrawn',
  'dead',
]);

/** A device as this app deals with it: what is known of it, and orders to it. */
export class DeviceDesk {
  constructor(private readonly bus: Pick<Bus, 'ask'>) {}

  /** Throws DEVICE_NOT_FOUND. */
  find(audience: Audience, deviceId: string): Promise<KnownDevice> {
    return this.bus.ask(FindDevice, { ...audience, deviceId });
  }
  inFull(audience: Audience, deviceId: string): Promise<DeviceInFull> {
    return this.bus.ask(GetDevice, { ...audience, deviceId });
  }
  settings(tenantId: TenantId, deviceId: DeviceId): Promise<DeviceSettings> {
    return this.bus.ask(GetDeviceSettings, { tenantId, deviceId });
  }

  /** How the order ended. Throws NotOverYet when it has not within the time. */
  async order(cause: OrderCause, purpose: string, command: DeviceCommand, times: OrderTimes): Promise<CommandView> {
    const { tenantId, deviceId, clientId } = cause;
    const commandId = orderIdOf(cause, purpose);
    const view = await this.bus.ask(
      SubmitCommand,
      {
        commandId,
        tenantId,
        deviceId,
        clientId,
        sessionId: null,
        command,
        expiresAt: toInstant(Date.now() + times.expiresInMs),
        wait: times.waitMs === 0 ? null : { until: 'finished', timeoutMs: times.waitMs },
      },
      { extraTimeoutMs: times.waitMs },
    );
    if (!OVER.has(view.status)) throw new NotOverYet(commandId);
    return view;
  }
}

/** The same cause and purpose are the same order. */
export const orderIdOf = (
  { causeId, deviceId }: Pick<OrderCause, 'causeId' | 'deviceId'>,
  purpose: string,
): CommandId => CommandId.parse(uuidOf([causeId, deviceId, purpose].join('\n')));

/** Ports on which a charge is under way, ordered by us or not. */
export const chargingPorts = ({ ports }: Pick<KnownDevice, 'ports'>): readonly number[] =>
  ports
    .filter(({ sessionId, state }) => sessionId !== null || PORT_STATES_CHARGING.includes(state))
    .map(({ portNo }) => portNo);
