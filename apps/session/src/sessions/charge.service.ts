import { isFinal, nextState, toInstant } from '@chargebus/domain';
import type { ChargingSession, CommandId, DeviceId } from '@chargebus/domain';
import {
  AppError,
  CommandNotCancellable,
  CommandNotFound,
  NothingToStop,
  PortNotFound,
  QueueFull,
} from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import type { HistoryRepository } from '@chargebus/persistence/session';
import { CancelCommand, GetCommand } from '@chargebus/requests';
import type {
  CommandView,
  GetChargeStatus,
  ListSessions,
  ReplyOf,
  RequestOf,
  StartCharge,
  StopCharge,
} from '@chargebus/requests';
import type { DeviceFinder } from '../devices/device-finder';
import { commandIdFor } from '../devices/device-work';
import type { DeviceWork, Order } from '../devices/device-work';
import { decideOn } from '../engine/decide';
import { submittedTask } from '../engine/engine';
import type { Engine } from '../engine/engine';
import type { OrderDesk } from '../engine/order-desk';
import { toSessionView } from '../shadow/views';
import type { OrderLookup } from './order-lookup';
import { startOrder } from './start-order';
import { decideRepeat, decideStart, hashOrder, mayStillStart } from './start';
import type { StartDecision, StartRequest } from './start';
import { fail, orderStop, refuse, stopOrder } from './transitions';

/** AP3000 answers within 15 s, and each frame is sent twice at most (brief of the protocol, §5.3). */
const DEVICE_RESPONSE_TIMEOUT_S = 15;
/** From accepted order to the device's answer when it is connected: captures show 2.7 to 7 s. */
const TYPICAL_START_MS = 3_000;
const UNIQUE_VIOLATION = '23505';

type StopRequest = RequestOf<typeof StopCharge>;
type CommandState = Pick<CommandView, 'status' | 'reason'>;

/** Starts, stops and looks at charges, for whoever ordered them. */
export class ChargeService {
  constructor(
    private readonly engine: Engine,
    private readonly finder: DeviceFinder,
    private readonly history: HistoryRepository,
    private readonly orders: OrderLookup,
    private readonly desk: OrderDesk,
    private readonly bus: Pick<Bus, 'ask'>,
    private readonly stopExpiryMs: number,
    private readonly now: () => number,
  ) {}

  async start(request: StartRequest): Promise<ReplyOf<typeof StartCharge>> {
    const deviceId = await this.finder.resolve(request, request.deviceId);
    const decision = await this.open(request, deviceId);
    if ('refuse' in decision) throw decision.refuse;
    const { replayed } = decision;
    const session = this.asStored(decision.session);
    const command = await this.giveStart(session, request);
    return {
      session: toSessionView(command.session, null),
      commandStatus: command.status,
      commandReason: command.reason,
      commandId: commandIdFor(session.sessionId, 'start', 1),
      deviceResponseTimeoutS: DEVICE_RESPONSE_TIMEOUT_S,
      estimatedStartAt: toInstant(session.startedAtMs ?? session.createdAtMs + TYPICAL_START_MS),
      replayed,
    };
  }

  /** The order's session: the one it opened before, or a new one. An index decides between two that come at once. */
  private async open(request: StartRequest, deviceId: DeviceId): Promise<StartDecision> {
    const hash = hashOrder(request, deviceId);
    const before = await this.orders.find(request);
    if (before !== null) return decideRepeat(before, request, hash);
    try {
      return await this.decide(deviceId, (work) => decideStart(work, request, hash));
    } catch (error) {
      if ((error as { code?: unknown }).code !== UNIQUE_VIOLATION) throw error;
      const winner = await this.orders.find(request);
      if (winner === null) throw error;
      return decideRepeat(winner, request, hash);
    }
  }

  /** Gives the start to `command`, again if need be, and says how it stands. When `command` is away the sweeper gives it. */
  private async giveStart(
    session: ChargingSession,
    request: StartRequest,
  ): Promise<CommandState & { readonly session: ChargingSession }> {
    const order = startOrder(session);
    if (order === null || !mayStillStart(session)) return { ...(await this.lookUp(session)), session };
    try {
      const { status, reason } = await this.desk.ask(session, order, {
        clientId: request.clientId,
        wait: request.waitMs,
      });
      return { status, reason, session: this.noteSubmitted(session, order) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.definition.status < 500) throw await this.refuseStart(session, error);
      if (error.definition.name === QueueFull.definition.name) throw await this.refuseStart(session, error);
      return { status: 'queued', reason: error.definition.name, session };
    }
  }

  /** `command` does not take this order, and the caller is told so: nothing was promised. */
  private async refuseStart(session: ChargingSession, error: AppError): Promise<AppError> {
    await this.decide(session.deviceId, (work) => {
      const current = find(work, session);
      if (current !== undefined) refuse(work, current, error.definition.name.toLowerCase());
    });
    return error;
  }

  /** The row follows on its own; until it has, a sweeper would give the same order again, which is harmless. */
  private noteSubmitted(session: ChargingSession, order: Order): ChargingSession {
    if (session.startSubmitted) return session;
    this.engine.runLater(submittedTask(session.deviceId, order));
    const current = this.asStored(session);
    return { ...current, state: nextState(current.state, 'submitted') ?? current.state };
  }

  /** The session as the last commit left it: the database numbers it, and others may have moved it on. */
  private asStored(session: ChargingSession): ChargingSession {
    const state = this.engine.stateOf(session.deviceId);
    return state?.sessions.find(({ sessionId }) => sessionId === session.sessionId) ?? session;
  }

  /** What became of the start of a session that is over. */
  private async lookUp(session: ChargingSession): Promise<CommandState> {
    if (session.startCommandId === null) return { status: 'cancelled', reason: session.detail };
    try {
      const { tenantId, startCommandId: commandId } = session;
      return await this.bus.ask(GetCommand, { tenantId, commandId, wait: null });
    } catch (error) {
      if (error instanceof AppError) return { status: 'cancelled', reason: session.detail };
      throw error;
    }
  }

  async stop(request: StopRequest): Promise<ReplyOf<typeof StopCharge>> {
    const deviceId = await this.finder.resolve(request, request.deviceId);
    const session = await this.decide(deviceId, (work) => findStoppable(work, request));
    if (session === null) throw new NothingToStop({ deviceId, portNo: request.portNo ?? '?' });
    const answer = (of: ChargingSession, command: CommandState, commandId: CommandId | null) => ({
      session: toSessionView(of, null),
      commandStatus: command.status,
      commandReason: command.reason,
      commandId,
      deviceResponseTimeoutS: DEVICE_RESPONSE_TIMEOUT_S,
    });
    if (session.startedAtMs === null && (await this.withdrawStart(session))) {
      const failed = await this.failWithdrawn(session);
      return answer(failed, { status: 'cancelled', reason: 'stopped_before_start' }, null);
    }
    const stopping = await this.decide(deviceId, (work) => {
      const current = find(work, session);
      if (current === undefined || isFinal(current.state)) return null;
      return isStopUnderWay(current) ? current : orderStop(work, current, request.reason);
    });
    if (stopping === null) throw new NothingToStop({ deviceId, portNo: session.portNo ?? '?' });
    return answer(stopping, await this.giveStop(stopping, request), stopping.stopCommandId);
  }

  /** True: the start had not left and is taken back. */
  private async withdrawStart(session: ChargingSession): Promise<boolean> {
    const { tenantId, startCommandId: commandId } = session;
    if (commandId === null) return false;
    try {
      await this.bus.ask(CancelCommand, { tenantId, commandId });
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.definition.name === CommandNotFound.definition.name) return true; // it was never given
      if (error.definition.name === CommandNotCancellable.definition.name) return false;
      return false; // nobody knows: a stop order is right in either case
    }
  }

  private async failWithdrawn(session: ChargingSession): Promise<ChargingSession> {
    return this.decide(session.deviceId, (work) => {
      const current = find(work, session);
      if (current === undefined) return session;
      const cause = { id: `withdrawn:${session.sessionId}`, atMs: work.context.nowMs };
      fail(work, current, 'never_sent', 'stopped_before_start', cause);
      return find(work, session) ?? current;
    });
  }

  private async giveStop(session: ChargingSession, request: StopRequest): Promise<CommandState> {
    const order = stopOrder(session, this.stopExpiryMs);
    if (order === null) return { status: 'queued', reason: 'the wire has no name for this charge' };
    try {
      const reply = await this.desk.ask(session, order, { clientId: request.clientId, wait: request.waitMs });
      this.engine.runLater(submittedTask(session.deviceId, order));
      return reply;
    } catch (error) {
      if (!(error instanceof AppError) || error.definition.status < 500) throw error;
      return { status: 'queued', reason: error.definition.name };
    }
  }

  /** From the shadow alone. */
  async status(request: RequestOf<typeof GetChargeStatus>): Promise<ReplyOf<typeof GetChargeStatus>> {
    const { device, ports, sessions } = await this.finder.snapshot(request, request.deviceId, request.portNo);
    const port = ports.find(({ portNo }) => portNo === request.portNo);
    if (port === undefined && request.portNo > device.portCount)
      throw new PortNotFound({ deviceId: device.deviceId, portNo: request.portNo });
    return {
      session: sessions.get(request.portNo) ?? null,
      portState: port?.state ?? null,
      online: device.online,
    };
  }

  async list(request: RequestOf<typeof ListSessions>): Promise<ReplyOf<typeof ListSessions>> {
    const { items, total, nextCursor } = await this.history.list(request, request, request.page);
    return { items: items.map(({ session, sample }) => toSessionView(session, sample)), total, nextCursor };
  }

  private decide<R>(deviceId: DeviceId, decision: (work: DeviceWork) => R): Promise<R> {
    return decideOn(this.engine, deviceId, `request:${deviceId}:${this.now().toString()}`, decision);
  }
}

const find = (work: DeviceWork, session: ChargingSession): ChargingSession | undefined =>
  work.sessions.find(({ sessionId }) => sessionId === session.sessionId);

/** A stop that was given and not answered yet: asking again is the same stop. */
const isStopUnderWay = (session: ChargingSession): boolean =>
  session.state === 'stopping' && session.stopCommandId !== null;

/**
 * By order number, else by port; a client ends its own charges and those that nobody ordered, `force` ends anybody's.
 */
function findStoppable(work: DeviceWork, request: StopRequest): ChargingSession | null {
  const open = work.sessions.filter((session) => !isFinal(session.state));
  const mine = (session: ChargingSession): boolean =>
    request.force || session.clientId === null || session.clientId === request.clientId;
  const matches = open.filter(
    (session) =>
      (request.orderNo === null || session.orderNo === request.orderNo) &&
      (request.portNo === null || session.portNo === request.portNo || session.portNo === null) &&
      mine(session),
  );
  if (request.orderNo === null && request.portNo === null && matches.length > 1) return null;
  return matches.find(({ holdsPort }) => holdsPort) ?? matches[0] ?? null;
}
