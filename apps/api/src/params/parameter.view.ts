import type {
  getParameters,
  listParameters,
  listParameterVersions,
  ParameterChange,
  ResultOf,
  restoreParameterVersion,
  InputOf,
} from '@chargebus/api-contract';
import { findParameter, PARAMETERS, parameterSupport } from '@chargebus/domain';
import type { ParameterValue } from '@chargebus/domain';
import type {
  Actor,
  ChangeParameters,
  GetParameters,
  ParameterChangeView,
  ParameterVersionView,
  ReplyOf,
  RequestOf,
} from '@chargebus/requests';
import type { z } from 'zod';
import type { Caller } from '../auth/caller';

const PROTOCOLS = ['ap3000', 'bkv', 'ykc', 'ocpp1.6', 'ocpp2.0.1'] as const;
const BRIEFLY_MS = 2_000;
const ACK_WAIT_MS = 30_000;
/** A few groups, each within what a device may take to answer. */
const REFRESH_WAIT_MS = 20_000;
export const refreshOf = (refresh = false): { readonly refresh: boolean; readonly waitMs: number } => ({
  refresh,
  waitMs: refresh ? REFRESH_WAIT_MS : 0,
});
export const waitOf = (wait: 'none' | 'ack' | undefined): number =>
  wait === undefined ? BRIEFLY_MS : wait === 'none' ? 0 : ACK_WAIT_MS;

/** Who asks, as the history of versions keeps it. */
export const actorOf = ({ clientId, name }: Caller): z.infer<typeof Actor> => ({ clientId, name });

export const optionsOf = (
  body: InputOf<typeof restoreParameterVersion>['body'],
  wait: 'none' | 'ack' | undefined,
): Pick<RequestOf<typeof ChangeParameters>, 'mode' | 'backup' | 'hold' | 'note' | 'waitMs'> => ({
  mode: body.validation_mode,
  backup: body.backup_current,
  hold: !body.apply_immediately,
  note: body.reason ?? null,
  waitMs: waitOf(wait),
});

/** The dictionary; of a device, with what its own protocol has. */
export function dictionaryView(device: { readonly protocol: string | null } | null): ResultOf<typeof listParameters> {
  const protocols = device === null ? PROTOCOLS : [device.protocol ?? 'unknown'];
  return {
    parameters: PARAMETERS.map((one) => ({
      name: one.name,
      aliases: [...one.aliases],
      unit: one.unit,
      type: one.type,
      min: one.min,
      max: one.max,
      title: one.title,
      description: one.description,
      example: toWireValue(one.example),
      support: Object.fromEntries(protocols.map((protocol) => [protocol, parameterSupport(one, protocol)])),
    })),
  };
}

export const parameterChangeView = (change: ParameterChangeView): ParameterChange => ({
  change_id: change.changeId,
  phy_id: change.deviceId,
  status: change.state,
  outcome: change.outcome,
  reason: change.reason,
  source: change.source,
  requested_by: byView(change.actor),
  note: change.note,
  job_id: change.jobId,
  requested: change.requested,
  parameters: change.parameters,
  version: change.version,
  created_at: change.createdAt,
  expires_at: change.expiresAt,
  finished_at: change.finishedAt,
});

export function parametersView(found: ReplyOf<typeof GetParameters>): ResultOf<typeof getParameters> {
  const known = found.parameters.filter(({ source }) => source !== null);
  return {
    phy_id: found.deviceId,
    protocol: found.protocol,
    version: found.version,
    refreshed: found.refreshed,
    params: Object.fromEntries(known.map(({ name, value }) => [name, value])),
    parameters: found.parameters.map(({ name, value, source, knownAt, support, why }) => ({
      name,
      value,
      unit: findParameter(name)?.unit ?? '',
      source,
      known_at: knownAt,
      age_s: ageS(knownAt),
      support,
      why,
    })),
  };
}

/** Seconds since then. */
export const ageS = (knownAt: string | null): number | null =>
  knownAt === null ? null : Math.max(0, Math.round((Date.now() - Date.parse(knownAt)) / 1000));

export const versionView = (
  version: ParameterVersionView,
): ResultOf<typeof listParameterVersions>['items'][number] => ({
  phy_id: version.deviceId,
  version: version.version,
  change_id: version.changeId,
  source: version.source,
  changed_by: byView(version.actor),
  note: version.note,
  job_id: version.jobId,
  changes: version.changes,
  params: version.values,
  created_at: version.createdAt,
});

const byView = ({ clientId, name }: z.infer<typeof Actor>) => ({ client_id: clientId, name });
const toWireValue = (value: ParameterValue): number | [number, number] =>
  typeof value === 'number' ? value : [value[0], value[1]];
