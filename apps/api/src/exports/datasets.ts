import { setTimeout as sleep } from 'node:timers/promises';
import { EXPORT_FILTERS, deviceFilterOf, timeRangeOf } from '@chargebus/api-contract';
import type { ApiScope, ExportKind } from '@chargebus/api-contract';
import { ANY_DEVICE } from '@chargebus/domain';
import type { DeviceId } from '@chargebus/domain';
import { AppError, invalidField } from '@chargebus/errors';
import type { Bus } from '@chargebus/messaging';
import {
  CountSamples,
  FindDevice,
  ListAlarms,
  ListCommands,
  ListDevices,
  ListSamples,
  ListSessions,
  SampleMetric,
  SelectDevices,
} from '@chargebus/requests';
import type { Audience, Page, PageQuery, ReplyOf } from '@chargebus/requests';
import type { z } from 'zod';
import { commandView } from '../commands/command.view';
import { deviceView } from '../devices/device.view';
import { alarmFilter, commandFilter, sessionFilter } from '../history/filters';
import { alarmView, sampleView, sessionView } from '../history/history.view';
import type { ExportPages, ExportRow } from './encode';

const PAGE_ROWS = 500; // of lists
const PAGE_SAMPLES = 2_000;

type Filters<K extends ExportKind> = z.output<(typeof EXPORT_FILTERS)[K]>;
type Asker = Pick<Bus, 'ask'>;
interface Dataset<K extends ExportKind> {
  /** Needed besides `exports:create`: an export shows nothing that its list would not. */
  readonly scope: ApiScope;
  readonly columns: readonly string[];
  pages(bus: Asker, audience: Audience, filters: Filters<K>): ExportPages;
  /** About how many rows there are; null: that is not known. */
  count(bus: Asker, audience: Audience, filters: Filters<K>): Promise<number | null>;
}

/** Page after page of a list, the oldest first, each asked for when it is wanted. */
async function* pagesOf<T>(
  ask: (page: PageQuery) => Promise<Page<T>>,
  view: (item: T) => ExportRow,
): AsyncGenerator<readonly ExportRow[]> {
  let cursor: string | null = null;
  do {
    const page: Page<T> = await ask({
      limit: PAGE_ROWS,
      offset: 0,
      cursor,
      sort: 'created_at',
      order: 'asc',
      counted: false,
    });
    yield page.items.map(view);
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function totalOf(ask: (page: PageQuery) => Promise<Page<unknown>>): Promise<number> {
  return (await ask({ limit: 1, offset: 0, cursor: null, sort: null, order: 'asc' })).total;
}

/** Throws DEVICE_NOT_FOUND for a device outside of the audience; null: none was named. */
async function deviceOf(bus: Asker, audience: Audience, phyId: string | undefined): Promise<DeviceId | null> {
  return phyId === undefined ? null : (await bus.ask(FindDevice, { ...audience, deviceId: phyId })).deviceId;
}

async function* devicesOf(bus: Asker, audience: Audience, phyId: string | undefined): AsyncGenerator<DeviceId> {
  const one = await deviceOf(bus, audience, phyId);
  if (one !== null) {
    yield one;
    return;
  }
  for (let cursor: DeviceId | null = null, first = true; first || cursor !== null; first = false) {
    const found: { items: readonly { deviceId: DeviceId }[]; cursor: DeviceId | null } = await bus.ask(SelectDevices, {
      ...audience,
      filter: ANY_DEVICE,
      cursor,
      limit: 1_000,
    });
    for (const { deviceId } of found.items) yield deviceId;
    cursor = found.cursor;
  }
}

const askDevices =
  (bus: Asker, audience: Audience, filters: Filters<'devices'>) =>
  (page: PageQuery): Promise<ReplyOf<typeof ListDevices>> =>
    bus.ask(ListDevices, { ...audience, filter: deviceFilterOf(filters), page });
const devices: Dataset<'devices'> = {
  scope: 'devices:read',
  columns: [
    'phy_id',
    'device_no',
    'name',
    'protocol',
    'type',
    'region',
    'station',
    'tags',
    'model',
    'firmware_version',
    'iccid',
    'imei',
    'port_count',
    'maintenance',
    'online',
    'last_seen',
    'open_faults',
    'created_at',
  ],
  pages: (bus, audience, filters) => pagesOf(askDevices(bus, audience, filters), deviceView),
  count: (bus, audience, filters) => totalOf(askDevices(bus, audience, filters)),
};

async function askSessions(bus: Asker, audience: Audience, filters: Filters<'sessions'>) {
  const deviceId = await deviceOf(bus, audience, filters.phy_id);
  const filter = sessionFilter(filters);
  return (page: PageQuery) => bus.ask(ListSessions, { ...audience, deviceId, ...filter, page });
}
const sessions: Dataset<'sessions'> = {
  scope: 'history:read',
  columns: [
    'session_id',
    'internal_order_id',
    'phy_id',
    'port_no',
    'third_party_order_no',
    'third_party_user_id',
    'status',
    'detail_status',
    'reason',
    'created_at',
    'start_time',
    'end_time',
    'duration',
    'energy_consumed',
  ],
  async *pages(bus, audience, filters) {
    yield* pagesOf(await askSessions(bus, audience, filters), sessionView);
  },
  count: async (bus, audience, filters) => totalOf(await askSessions(bus, audience, filters)),
};

function sampleFilter(filters: Filters<'samples'>) {
  const { from, to } = timeRangeOf(filters, Date.now());
  return {
    portNo: filters.port_no ?? null,
    sessionId: filters.session_id ?? null,
    from: from ?? new Date(Date.now() - 86_400_000).toISOString(),
    until: to ?? new Date().toISOString(),
  };
}
const samples: Dataset<'samples'> = {
  scope: 'history:read',
  columns: ['phy_id', 'sampled_at', 'session_id', 'port_no', 'duration', 'energy_consumed', ...SampleMetric.options],
  async *pages(bus, audience, filters) {
    const asked = { ...audience, ...sampleFilter(filters) };
    for await (const deviceId of devicesOf(bus, audience, filters.phy_id)) {
      let cursor: string | null = null;
      do {
        const page: { items: Parameters<typeof sampleView>[0][]; nextCursor: string | null } = await bus.ask(
          ListSamples,
          { ...asked, deviceId, cursor, limit: PAGE_SAMPLES },
        );
        yield page.items.map((item) => ({ phy_id: deviceId, ...sampleView(item, SampleMetric.options) }));
        cursor = page.nextCursor;
      } while (cursor !== null);
    }
  },
  async count(bus, audience, filters) {
    if (audience.within != null && filters.phy_id === undefined) return null; // would be a sum over its devices
    const deviceId = await deviceOf(bus, audience, filters.phy_id);
    return (await bus.ask(CountSamples, { ...audience, deviceId, ...sampleFilter(filters) })).samples;
  },
};

async function askCommands(bus: Asker, audience: Audience, filters: Filters<'commands'>) {
  // Where a device stands is known to `session` alone: who may not see all of them names one.
  if (audience.within != null && filters.phy_id === undefined)
    throw invalidField('phy_id', 'is needed with a data scope');
  const deviceId = await deviceOf(bus, audience, filters.phy_id);
  const filter = { tenantId: audience.tenantId, deviceId, ...commandFilter(filters) };
  return (page: PageQuery) => bus.ask(ListCommands, { ...filter, page });
}
const commands: Dataset<'commands'> = {
  scope: 'commands:read',
  columns: [
    'command_id',
    'phy_id',
    'session_id',
    'action',
    'parameters',
    'command_status',
    'reason',
    'result',
    'attempts',
    'created_at',
    'sent_at',
    'finished_at',
    'expires_at',
  ],
  async *pages(bus, audience, filters) {
    yield* pagesOf(await askCommands(bus, audience, filters), commandView);
  },
  count: async (bus, audience, filters) => totalOf(await askCommands(bus, audience, filters)),
};

function askAlarms(bus: Asker, audience: Audience, filters: Filters<'alarms'>) {
  const asked = { ...audience, deviceId: filters.phy_id ?? null, ...alarmFilter(filters) };
  return (page: PageQuery) => bus.ask(ListAlarms, { ...asked, page });
}
const alarms: Dataset<'alarms'> = {
  scope: 'history:read',
  columns: [
    'id',
    'device_phy_id',
    'port_no',
    'type',
    'source',
    'level',
    'message',
    'status',
    'details',
    'created_at',
    'resolved_at',
  ],
  pages: (bus, audience, filters) => pagesOf(askAlarms(bus, audience, filters), alarmView),
  count: (bus, audience, filters) => totalOf(askAlarms(bus, audience, filters)),
};

/** What can be exported: rows in the words of the lists, asked of whoever owns them. */
export const DATASETS: { readonly [K in ExportKind]: Dataset<K> } = { devices, sessions, samples, commands, alarms };

const TRIES = 4;
const AGAIN_AFTER_MS = 500; // and so much longer each time

/** Asks again for a page that could not be had: what is written of a file already cannot be taken back. */
function patient(bus: Asker, isWritten: () => boolean): Asker {
  const ask: Asker['ask'] = async (definition, body, options) => {
    for (let attempt = 1; ; attempt++)
      try {
        return await bus.ask(definition, body, options);
      } catch (error) {
        const mayPass = error instanceof AppError && error.definition.status >= 503; // busy, away or late
        if (!isWritten() || !mayPass || attempt === TRIES) throw error;
        await sleep(attempt * AGAIN_AFTER_MS);
      }
  };
  return { ask };
}

/** The first page is asked for before anything is promised, so that a refusal is still an answer. */
export async function openPages<K extends ExportKind>(
  bus: Asker,
  kind: K,
  audience: Audience,
  filters: Filters<K>,
): Promise<ExportPages> {
  const dataset: Dataset<K> = DATASETS[kind];
  let isWritten = false;
  const asker = patient(bus, () => isWritten);
  const pages = dataset.pages(asker, audience, filters)[Symbol.asyncIterator]();
  const first = await pages.next();
  isWritten = true;
  return (async function* () {
    try {
      for (let next = first; next.done !== true; next = await pages.next()) yield next.value;
    } finally {
      await pages.return?.();
    }
  })();
}

/** About how many rows there are; null: that is not known, and the export is made all the same. */
export async function countRows<K extends ExportKind>(
  bus: Asker,
  kind: K,
  audience: Audience,
  filters: Filters<K>,
): Promise<number | null> {
  const dataset: Dataset<K> = DATASETS[kind];
  return dataset.count(bus, audience, filters).catch(() => null);
}

/** Filters as they were stored or sent, in the form of a query. Throws VALIDATION_FAILED naming the first wrong one. */
export function readFilters<K extends ExportKind>(kind: K, given: Readonly<Record<string, unknown>>): Filters<K> {
  const parsed = EXPORT_FILTERS[kind].safeParse(given);
  if (parsed.success) return parsed.data as Filters<K>;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = ['filters', ...(unknown === undefined ? (issue?.path.map(String) ?? []) : [unknown])].join('.');
  throw invalidField(field, unknown === undefined ? (issue?.message ?? 'is not valid') : 'is not a known field');
}
