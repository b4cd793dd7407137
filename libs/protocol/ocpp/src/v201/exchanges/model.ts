import type { CommandOf } from '@chargebus/domain';
import type { Turn } from '../../connection/ask';
import { acked, rejected, toToken } from '../../connection/ask';
import { formatAddress, parseAddress } from '../device-model/address';
import type { PlatformRequest } from '../messages';
import { toIdToken } from '../tables/token-types';
import { A_STEP } from '../meanings/transaction';
import { acceptedOr, call } from './call';
import type { Link } from './call';
import { askForReport } from './report';

/** `ongoing` null: the station does not know it. */
export const queryTransaction = ({ transactionRef }: CommandOf<'transaction.query'>, { deviceId }: Link): Turn =>
  call(
    'GetTransactionStatus',
    { transactionId: transactionRef },
    {
      judge: ({ ongoingIndicator, messagesInQueue }, { at }) =>
        acked(
          { transactionRef, ongoing: ongoingIndicator ?? null, messagesInQueue },
          {
            ...A_STEP,
            id: `${deviceId}:rest:${transactionRef}:${at}`,
            deviceId,
            at,
            transactionRef,
            occurredAt: at,
            moreToCome: messagesInQueue,
          },
        ),
    },
  );

export const showCost = ({ transactionRef, totalCost }: CommandOf<'cost.show'>): Turn =>
  call('CostUpdated', { transactionId: transactionRef, totalCost }, { judge: () => acked() });

export const listProfiles = ({ portNo }: CommandOf<'charging_profile.list'>, link: Link): Turn =>
  askForReport(
    {
      action: 'GetChargingProfiles',
      payload: (requestId) => ({
        requestId,
        ...(portNo !== null && { evseId: portNo }),
        chargingProfile: { chargingLimitSource: ['CSO' as const] },
      }),
      report: 'ReportChargingProfiles',
      itemsOf: ({ chargingProfile, evseId, chargingLimitSource }) =>
        chargingProfile.map((profile) => ({ portNo: evseId === 0 ? null : evseId, chargingLimitSource, ...profile })),
      done: (profiles, complete) => acked({ profiles, complete }),
      empty: ['NoProfiles'],
    },
    link,
  );

const PRIORITIES = { always_front: 'AlwaysFront', in_front: 'InFront', normal: 'NormalCycle' } as const;
const STATES = { charging: 'Charging', fault: 'Faulted', idle: 'Idle', unavailable: 'Unavailable' } as const;
export function showMessage(command: CommandOf<'display.show'>): Turn {
  const { messageId, text, language, priority, during, from, until, transactionRef } = command;
  const message = { format: 'UTF8' as const, content: text, ...(language !== null && { language }) };
  const payload: PlatformRequest<'SetDisplayMessage'> = {
    message: {
      id: messageId,
      priority: PRIORITIES[priority],
      message,
      ...(during !== null && { state: STATES[during] }),
      ...(from !== null && { startDateTime: from }),
      ...(until !== null && { endDateTime: until }),
      ...(transactionRef !== null && { transactionId: transactionRef }),
    },
  };
  return call('SetDisplayMessage', payload, { judge: (answer) => acceptedOr(answer, { messageId }) });
}
/** `Unknown`: it is not shown, which was wanted. */
export const removeMessage = ({ messageId }: CommandOf<'display.remove'>): Turn =>
  call('ClearDisplayMessage', { id: messageId }, { judge: (answer) => acceptedOr(answer, {}, ['Unknown']) });
export const listMessages = (_command: CommandOf<'display.list'>, link: Link): Turn =>
  askForReport(
    {
      action: 'GetDisplayMessages',
      payload: (requestId) => ({ requestId }),
      report: 'NotifyDisplayMessages',
      itemsOf: ({ messageInfo = [] }) => messageInfo,
      done: (messages, complete) => acked({ messages, complete }),
      empty: ['Unknown'],
    },
    link,
  );

/** A report comes in pieces of one text; without one, the answer is all. */
export function customerInformation(command: CommandOf<'customer.information'>, link: Link): Turn {
  const { cardId, customer, report, clear } = command;
  const who = {
    ...(cardId !== null && { idToken: toIdToken(cardId) }),
    ...(customer !== null && { customerIdentifier: customer }),
  };
  if (Object.keys(who).length === 0) throw new RangeError('whose information: a card or a customer');
  if (!report) {
    const requestId = link.station.nextRequestId(link.nowMs);
    return call('CustomerInformation', { requestId, report, clear, ...who }, { judge: (answer) => acceptedOr(answer) });
  }
  return askForReport(
    {
      action: 'CustomerInformation',
      payload: (requestId) => ({ requestId, report, clear, ...who }),
      report: 'NotifyCustomerInformation',
      itemsOf: ({ data }) => [data],
      done: (pieces, complete) => acked({ information: pieces.join(''), complete }),
    },
    link,
  );
}

const MONITORS = {
  above: 'UpperThreshold',
  below: 'LowerThreshold',
  change: 'Delta',
  periodic: 'Periodic',
  periodic_aligned: 'PeriodicClockAligned',
} as const;
/** Every monitor has its own result; the severities are kept, because messages about them carry none. */
export function setMonitors({ monitors }: CommandOf<'monitor.set'>, { station }: Link): Turn {
  const setMonitoringData = monitors.map(({ variable: address, type, value, severity }) => {
    const { component, variable } = parseAddress(address);
    return { component, variable, type: MONITORS[type], value, severity };
  });
  return call(
    'SetVariableMonitoring',
    { setMonitoringData },
    {
      judge: ({ setMonitoringResult }) => {
        for (const { id, severity } of setMonitoringResult) if (id !== undefined) station.noteMonitor(id, severity);
        const results = setMonitoringResult.map(({ id, status, component, variable }) => ({
          id: id ?? null,
          variable: formatAddress(component, variable),
          status: toToken(status),
        }));
        const [first] = results;
        return results.some(({ status }) => status === 'accepted')
          ? acked({ results })
          : rejected(first?.status ?? 'no_result');
      },
    },
  );
}
export const removeMonitors = ({ ids }: CommandOf<'monitor.remove'>): Turn =>
  call(
    'ClearVariableMonitoring',
    { id: [...ids] },
    {
      judge: ({ clearMonitoringResult }) =>
        acked({ results: clearMonitoringResult.map(({ id, status }) => ({ id, status: toToken(status) })) }),
    },
  );
export const listMonitors = (_command: CommandOf<'monitor.list'>, link: Link): Turn =>
  askForReport(
    {
      action: 'GetMonitoringReport',
      payload: (requestId) => ({ requestId }),
      report: 'NotifyMonitoringReport',
      itemsOf: ({ monitor = [] }) =>
        monitor.flatMap(({ component, variable, variableMonitoring }) =>
          variableMonitoring.map((one) => ({ variable: formatAddress(component, variable), ...one })),
        ),
      done: (monitors, complete) => acked({ monitors, complete }),
      empty: ['EmptyResultSet'],
    },
    link,
  );

const BASES = { all: 'All', factory_default: 'FactoryDefault', hard_wired: 'HardWiredOnly' } as const;
export const setMonitorBase = ({ base }: CommandOf<'monitor.base'>): Turn =>
  call('SetMonitoringBase', { monitoringBase: BASES[base] }, { judge: (answer) => acceptedOr(answer) });
export const setMonitorLevel = ({ severity }: CommandOf<'monitor.level'>): Turn =>
  call('SetMonitoringLevel', { severity }, { judge: (answer) => acceptedOr(answer) });

/** How far it is, `PublishFirmwareStatusNotification` tells. */
export function publishFirmware(command: CommandOf<'firmware.publish'>, { station, nowMs }: Link): Turn {
  const { url, md5, retries, retryIntervalS } = command;
  const requestId = station.nextRequestId(nowMs);
  const payload: PlatformRequest<'PublishFirmware'> = {
    requestId,
    location: url,
    checksum: md5,
    ...(retries !== null && { retries }),
    ...(retryIntervalS !== null && { retryInterval: retryIntervalS }),
  };
  return call('PublishFirmware', payload, { judge: (answer) => acceptedOr(answer, { requestId }) });
}
/** `NoFirmware`: there is none, which was wanted. */
export const unpublishFirmware = ({ md5 }: CommandOf<'firmware.unpublish'>): Turn =>
  call(
    'UnpublishFirmware',
    { checksum: md5 },
    { judge: (answer) => acceptedOr(answer, {}, ['Unpublished', 'NoFirmware']) },
  );

/** It counts once `OCPPCommCtrlr.NetworkConfigurationPriority` names the slot and the station has restarted. */
export const setNetworkProfile = (
  command: CommandOf<'network_profile.set'>,
  then: (end: Turn) => Turn = (end) => end,
): Turn =>
  call(
    'SetNetworkProfile',
    {
      configurationSlot: command.slot,
      connectionData: {
        ocppVersion: 'OCPP20',
        ocppTransport: 'JSON',
        ocppCsmsUrl: command.url,
        messageTimeout: command.messageTimeoutS,
        securityProfile: command.securityProfile,
        ocppInterface: command.interface === 'wired' ? 'Wired0' : 'Wireless0',
      },
    },
    {
      judge: (answer) => {
        const end = acceptedOr(answer, { slot: command.slot });
        return answer.status === 'Accepted' ? then(end) : end;
      },
    },
  );
