import { DeviceFilter, DeviceId } from '@chargebus/domain';
import { CapabilityNotSupported, DeviceOffline } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import { Actor, NamedValues, SelectDevices } from '@chargebus/requests';
import type { ParameterChangeView } from '@chargebus/requests';
import { uuidOf } from '@chargebus/security';
import { z } from 'zod';
import type { FoundPage, Job, JobItem, JobKind, Step } from '../jobs/job-kind';
import type { ChangeOrder, ParameterService } from '../params/parameter.service';

const PAGE = 1_000;
/** A change whose end is not told within this is asked after again. */
const ASK_EVERY_MS = 5_000;
const TURN_MS = 500;

export const ParamsPush = z.object({
  filter: DeviceFilter,
  values: NamedValues,
  mode: z.enum(['strict', 'loose']),
  dryRun: z.boolean(), // says what would be set, and sets nothing
  actor: Actor,
});
export type ParamsPush = z.infer<typeof ParamsPush>;
type Item = JobItem<ParamsPush, { online: boolean }>;

/**
 * Sets parameters of all devices that a filter finds, each as a change of its own: with read-back, version and history.
 * A device that is not connected fails at once, unless the platform itself keeps to all of the parameters.
 */
export class ParamsPushJob implements JobKind<ParamsPush, { online: boolean }> {
  readonly kind = 'params.push';
  readonly parameters = ParamsPush;
  readonly input = z.object({ online: z.boolean() });

  constructor(
    private readonly bus: Bus,
    private readonly service: ParameterService,
  ) {}

  /** What no device could take is refused before a job is made. Throws VALIDATION_FAILED. */
  check(values: ParamsPush['values'], mode: ParamsPush['mode']): ParamsPush['values'] {
    return this.service.check(values, mode) as ParamsPush['values'];
  }

  async find(
    { tenantId, within, parameters }: Job<ParamsPush>,
    after: string | null,
  ): Promise<FoundPage<{ online: boolean }>> {
    const cursor = after === null ? null : DeviceId.parse(after);
    const page = await this.bus.ask(SelectDevices, {
      tenantId,
      within,
      filter: parameters.filter,
      cursor,
      limit: PAGE,
    });
    return { items: page.items.map(({ deviceId, online }) => ({ deviceId, input: { online } })), next: page.cursor };
  }

  run(item: Item, signal: AbortSignal): Promise<Step> {
    return item.job.parameters.dryRun ? this.preview(item) : this.change(item, signal);
  }

  /** Succeeds where all of it could be set. */
  private async preview(item: Item): Promise<Step> {
    const { device, values, refused } = await this.service.preview({ ...this.orderOf(item), mode: 'loose' });
    const left = new Set(refused.map(({ name }) => name));
    const wouldSet = Object.fromEntries(Object.entries(values).filter(([name]) => !left.has(name)));
    const result = { would_set: wouldSet, refused, online: device.online };
    const [first] = refused;
    if (first === undefined || (item.job.parameters.mode === 'loose' && Object.keys(wouldSet).length > 0))
      return { status: 'succeeded', result };
    const refusal = new CapabilityNotSupported({
      deviceId: device.deviceId,
      capability: first.name,
      why: first.reason ?? 'not supported',
    });
    return { status: 'failed', code: refusal.definition.name, reason: refusal.message, result };
  }

  private async change(item: Item, signal: AbortSignal): Promise<Step> {
    const order = this.orderOf(item);
    const change = await this.service.change(order);
    for (;;) {
      const view = await this.service.ended(change, Math.min(ASK_EVERY_MS, Math.max(1, item.deadlineMs - Date.now())));
      if (view.state === 'done' || signal.aborted) return stepOfChange(view, item.job.parameters.mode);
      if (view.state === 'waiting' && !item.input.online) return this.giveUp(item, order);
      await new Promise((resolve) => setTimeout(resolve, TURN_MS)); // it waits behind an earlier change of the device
    }
  }

  /** The change needs a device that was not connected when the job began. */
  private async giveUp(item: Item, { audience, deviceId, changeId }: ChangeOrder): Promise<Step> {
    const view = await this.service.cancel({ ...audience, deviceId, changeId });
    if (view.outcome !== 'cancelled') return stepOfChange(view, item.job.parameters.mode);
    throw new DeviceOffline({ deviceId });
  }

  /** The id is the item's, so that a repeat is the same change. It is not made after the item's time. */
  private orderOf(item: Item): ChangeOrder {
    const { tenantId, within, jobId, parameters } = item.job;
    return {
      changeId: `prm_${uuidOf(`${jobId}\n${item.itemNo.toString()}`)}`,
      audience: { tenantId, within },
      deviceId: item.deviceId ?? '',
      values: parameters.values,
      mode: parameters.mode,
      backup: false,
      hold: false,
      source: 'batch',
      actor: parameters.actor,
      note: null,
      jobId,
      expiresInMs: Math.max(1, item.deadlineMs - Date.now()),
    };
  }
}

/** When loose, what a device does not have may be left out. */
function stepOfChange(view: ParameterChangeView, mode: 'strict' | 'loose'): Step {
  const { changeId, outcome, reason, parameters, version } = view;
  const result = { change_id: changeId, outcome, version, parameters };
  const known = (parameters ?? []).filter((one) => one.outcome !== 'unsupported');
  const taken = known.length > 0 && known.every((one) => one.outcome === 'applied' || one.outcome === 'unchanged');
  if (outcome === 'applied' || (mode === 'loose' && taken)) return { status: 'succeeded', result };
  return {
    status: 'failed',
    code: `PARAMETERS_${(outcome ?? view.state).toUpperCase()}`,
    reason: reason ?? outcome ?? view.state,
    result,
  };
}
