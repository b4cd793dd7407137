import { meansHeartbeat } from '../../meanings/heartbeat';
import type { Meaning } from '../connection/incoming';
import type { StationAction } from '../messages';
import { meansAuthorize } from './authorize';
import { meansFirmwareStatus, meansLogStatus, meansPublishFirmware } from './jobs';
import { meansMeterValues } from './metering';
import { meansEvent } from './monitoring';
import {
  meansCertificateStatus,
  meansChargingLimit,
  meansChargingNeeds,
  meansChargingSchedule,
  meansContractCertificate,
  meansDataTransfer,
  meansDisplayMessages,
  meansLimitCleared,
  meansReservationStatus,
} from './other';
import { meansBoot } from './presence';
import { meansChargingProfiles, meansCustomerInformation, meansMonitoringReport, meansReport } from './reports';
import { meansSecurityEvent, meansSignCertificate } from './security';
import { meansStatus } from './status';
import { meansTransactionEvent } from './transaction';

/** Page §4.1: everything that a station may call. */
export const MEANINGS: { readonly [A in StationAction]: Meaning<A> } = {
  Authorize: meansAuthorize,
  BootNotification: meansBoot,
  ClearedChargingLimit: meansLimitCleared,
  DataTransfer: meansDataTransfer,
  FirmwareStatusNotification: meansFirmwareStatus,
  Get15118EVCertificate: meansContractCertificate,
  GetCertificateStatus: meansCertificateStatus,
  Heartbeat: meansHeartbeat,
  LogStatusNotification: meansLogStatus,
  MeterValues: meansMeterValues,
  NotifyChargingLimit: meansChargingLimit,
  NotifyCustomerInformation: meansCustomerInformation,
  NotifyDisplayMessages: meansDisplayMessages,
  NotifyEVChargingNeeds: meansChargingNeeds,
  NotifyEVChargingSchedule: meansChargingSchedule,
  NotifyEvent: meansEvent,
  NotifyMonitoringReport: meansMonitoringReport,
  NotifyReport: meansReport,
  PublishFirmwareStatusNotification: meansPublishFirmware,
  ReportChargingProfiles: meansChargingProfiles,
  ReservationStatusUpdate: meansReservationStatus,
  SecurityEventNotification: meansSecurityEvent,
  SignCertificate: meansSignCertificate,
  StatusNotification: meansStatus,
  TransactionEvent: meansTransactionEvent,
};
