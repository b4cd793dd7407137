import type { ProtocolEvent } from '@chargebus/events';
import { factId, notice, now } from '../../connection/version';
import type { Incoming, Meaning } from '../connection/incoming';
import { formatAddress } from '../device-model/address';
import type { EventData } from '../messages';
import { toToken } from '../../connection/ask';
import { isPort } from './ports';

/** Variables that say by their name that something is wrong. */
const TROUBLE: ReadonlySet<string> = new Set(['problem', 'tripped', 'overload', 'fault']);
/** Severities of monitors from `Danger` to `Error`; 5 is a warning. */
const WORST_OF_A_FAULT = 4;

/** Page §6.2: what a monitored variable did. The severity belongs to its monitor, as far as that is known. */
export const meansEvent: Meaning<'NotifyEvent'> = ({ eventData }, incoming) => ({
  facts: eventData.map((event, part) => factOf(event, part, incoming)),
  reply: now({}),
});

function factOf(event: EventData, part: number, incoming: Incoming): ProtocolEvent {
  const { deviceId, at, station } = incoming;
  const { component, variable, actualValue, cleared, techCode, variableMonitoringId, trigger } = event;
  const severity = station.severityOf(variableMonitoringId);
  const isTrouble = TROUBLE.has(variable.name.toLowerCase());
  const isWatched = severity !== null && severity <= WORST_OF_A_FAULT;
  const address = formatAddress(component, variable);
  const details = { variable: address, actualValue, techCode: techCode ?? null, trigger, severity };
  if (!isTrouble && !isWatched) return notice(incoming, 'monitored_variable', details, part);
  const fault = {
    id: factId(incoming, part),
    deviceId,
    at,
    token: toToken(`${component.name}_${component.instance ?? ''}_${variable.name}`),
    portNo: isPort(component.evse?.id) ? component.evse.id : null,
  };
  const isOver = cleared === true || (isTrouble && actualValue.toLowerCase() === 'false');
  if (isOver) return { type: 'device.fault_cleared', ...fault };
  return { type: 'device.fault', ...fault, severity: severityWord(severity), latched: false, details };
}
/** 0 danger, 1 hardware failure, 2 system failure, 3 critical, 4 error; unknown: a warning. */
const severityWord = (severity: number | null): 'critical' | 'warning' =>
  severity !== null && severity <= WORST_OF_A_FAULT ? 'critical' : 'warning';
