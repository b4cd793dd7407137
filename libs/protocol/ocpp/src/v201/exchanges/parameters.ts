import { acked, rejected } from '../../connection/ask';
import type { Turn } from '../../connection/ask';
import type { CommandOf } from '@chargebus/domain';
import { sameValue } from '../../same-value';
import { formatAddress, parseAddress, parseComponent } from '../device-model/address';
import { firstBootSettings, PLATFORM_GROUP } from '../device-model/settings';
import type { Setting } from '../device-model/settings';
import { variablesOf } from '../meanings/reports';
import { call } from './call';
import type { Link } from './call';
import { askForReport } from './report';
import { getVariables, setVariables } from './variables';
import type { VariableResults } from './variables';
import type { StationRequest } from '../messages';
import { portCountFact } from '../../meanings/port-count';

const BASE_REPORTS = {
  all: 'FullInventory',
  configuration: 'ConfigurationInventory',
  summary: 'SummaryInventory',
} as const;
const isBaseReport = (group: string): group is keyof typeof BASE_REPORTS => Object.hasOwn(BASE_REPORTS, group);

/** `all`, `configuration`, `summary`; a component; or `Component.Variable`, several with commas between them. */
export function parametersGet({ group }: CommandOf<'params.get'>, link: Link): Turn {
  if (isBaseReport(group)) return baseReport(BASE_REPORTS[group], group, link);
  const addresses = group.split(',').map((text) => text.trim());
  if (addresses.length === 1 && !/\.[^\]]*$/.test(group)) return componentReport(group, link);
  return getVariables(addresses.map(canonical), link, (results) => toldValues(group, results));
}
/** As `formatAddress` writes it, so that answers are found again. */
function canonical(text: string): string {
  const { component, variable, attribute } = parseAddress(text);
  return formatAddress(component, variable, attribute);
}

function toldValues(group: string, results: VariableResults): Turn {
  const read = [...results].filter(([, { status }]) => status === 'accepted');
  const failed = [...results].filter(([, { status }]) => status !== 'accepted');
  return acked({
    group,
    values: Object.fromEntries(read.map(([address, { value }]) => [address, value ?? ''])),
    failures: Object.fromEntries(failed.map(([address, { status }]) => [address, status])),
  });
}

interface ReportPart {
  readonly values: Readonly<Record<string, string>>;
  readonly evseIds: readonly number[];
}
const partOf = (report: StationRequest<'NotifyReport'>): ReportPart => ({
  values: variablesOf(report),
  evseIds: (report.reportData ?? []).flatMap(({ component: { evse } }) => (evse === undefined ? [] : [evse.id])),
});
const told = (group: string) => (parts: readonly ReportPart[], complete: boolean) =>
  acked({ group, values: Object.assign({}, ...parts.map(({ values }) => values)) as Record<string, string>, complete });

const baseReport = (reportBase: (typeof BASE_REPORTS)[keyof typeof BASE_REPORTS], group: string, link: Link): Turn =>
  askForReport(
    {
      action: 'GetBaseReport',
      payload: (requestId) => ({ requestId, reportBase }),
      report: 'NotifyReport',
      itemsOf: (part) => [partOf(part)],
      done: (parts, complete) => {
        const end = told(group)(parts, complete);
        if (reportBase !== 'FullInventory' || !complete) return end; // others leave parts of the station out
        const portCount = Math.max(0, ...parts.flatMap(({ evseIds }) => evseIds));
        const counted = portCountFact(portCount, { ...link, protocol: 'ocpp2.0.1' });
        return counted === null ? end : { ...end, facts: [counted] };
      },
      empty: ['EmptyResultSet'],
    },
    link,
  );
const componentReport = (group: string, link: Link): Turn =>
  askForReport(
    {
      action: 'GetReport',
      payload: (requestId) => ({ requestId, componentVariable: [{ component: parseComponent(group) }] }),
      report: 'NotifyReport',
      itemsOf: (part) => [partOf(part)],
      done: told(group),
      empty: ['EmptyResultSet'],
    },
    link,
  );

/** `group` is the component of keys that name only a variable; `platform` stands for our own list of settings. */
export function parametersSet({ group, values }: CommandOf<'params.set'>, link: Link): Turn {
  if (group === PLATFORM_GROUP) return configure(link);
  const entries = Object.entries(values).map(([key, value]) => {
    const address = /^[^[]*\./.test(key) ? key : `${group}.${key}`;
    return [canonical(address), String(value)] as const;
  });
  if (entries.length === 0) throw new RangeError('no values to set');
  return setVariables(new Map(entries), link, (results) => toldResults(group, results));
}
const TAKEN: ReadonlySet<string> = new Set(['accepted', 'reboot_required']);

/** Every variable has its own result; refused as a whole only when none was taken. */
function toldResults(group: string, results: VariableResults): Turn {
  const statuses = [...results.values()].map(({ status }) => status);
  if (!statuses.some((status) => TAKEN.has(status))) return rejected(statuses[0] ?? 'no_result');
  return acked({
    group,
    results: Object.fromEntries([...results].map(([address, { status }]) => [address, status])),
    rebootRequired: statuses.includes('reboot_required'),
  });
}

/**
 * Page §4.3: brings a station in line with what the platform needs. It is compared first, so a station that is right
 * already is only read, however often it boots.
 */
const SMART_CHARGING = 'SmartChargingCtrlr.Enabled';
function configure(link: Link): Turn {
  const settings = firstBootSettings(link.options.heartbeatIntervalS);
  return getVariables([...settings.map(({ address }) => address), SMART_CHARGING], link, (current) => {
    link.station.hasSmartCharging = current.get(SMART_CHARGING)?.value?.toLowerCase() === 'true';
    const wrong = settings.filter(({ address, values }) => {
      const found = current.get(address);
      const isKnown = found !== undefined && !found.status.startsWith('unknown');
      return isKnown && !values.some((value) => sameValue(value, found.value));
    });
    return write(wrong, 0, { written: [], refused: [], rebootRequired: false }, link);
  });
}
interface Configured {
  readonly written: readonly string[];
  readonly refused: readonly string[];
  readonly rebootRequired: boolean;
}
/** What is refused is tried with the next weaker value. */
function write(settings: readonly Setting[], attempt: number, so: Configured, link: Link): Turn {
  const wanted = settings.flatMap((setting) => {
    const value = setting.values[attempt];
    return value === undefined ? [] : [{ setting, value }];
  });
  const given = {
    ...so,
    refused: [...so.refused, ...settings.filter((s) => s.values[attempt] === undefined).map((s) => s.address)],
  };
  if (wanted.length === 0) return configured(given, link);
  return setVariables(new Map(wanted.map(({ setting, value }) => [setting.address, value])), link, (results) => {
    const isTaken = ({ address }: Setting): boolean => TAKEN.has(results.get(address)?.status ?? '');
    const tried = wanted.map(({ setting }) => setting);
    const next: Configured = {
      written: [...given.written, ...tried.filter(isTaken).map(({ address }) => address)],
      refused: given.refused,
      rebootRequired: given.rebootRequired || [...results.values()].some(({ status }) => status === 'reboot_required'),
    };
    return write(
      tried.filter((setting) => !isTaken(setting)),
      attempt + 1,
      next,
      link,
    );
  });
}
/** A station that waits for its configuration boots again when it is done. */
function configured(so: Configured, { station }: Link): Turn {
  if (station.registration !== 'Pending') return acked({ ...so });
  return call('TriggerMessage', { requestedMessage: 'BootNotification' }, { judge: () => acked({ ...so }) });
}
