import type { OcppVersion } from '../connection/version';
import { CODES_16 } from '../rpc/defects';
import { validators } from '../schemas/generated/v16';
import type { PlatformAction } from './messages';
import { MEANINGS } from './meanings/meanings';

/** Of all actions those that only we may call; `DataTransfer` goes both ways. */
const PLATFORM_ACTIONS: Readonly<Record<Exclude<PlatformAction, 'DataTransfer'>, true>> = {
  CancelReservation: true,
  CertificateSigned: true,
  ChangeAvailability: true,
  ChangeConfiguration: true,
  ClearCache: true,
  ClearChargingProfile: true,
  DeleteCertificate: true,
  ExtendedTriggerMessage: true,
  GetCompositeSchedule: true,
  GetConfiguration: true,
  GetDiagnostics: true,
  GetInstalledCertificateIds: true,
  GetLocalListVersion: true,
  GetLog: true,
  InstallCertificate: true,
  RemoteStartTransaction: true,
  RemoteStopTransaction: true,
  ReserveNow: true,
  Reset: true,
  SendLocalList: true,
  SetChargingProfile: true,
  SignedUpdateFirmware: true,
  TriggerMessage: true,
  UnlockConnector: true,
  UpdateFirmware: true,
};

export const OCPP_16: OcppVersion = {
  codes: CODES_16,
  validators,
  stationActions: new Set(Object.keys(MEANINGS)),
  platformActions: new Set(Object.keys(PLATFORM_ACTIONS)),
  keyFields: {
    StartTransaction: ['connectorId', 'idTag', 'meterStart', 'timestamp'],
    MeterValues: ['connectorId', 'transactionId'],
    StopTransaction: ['transactionId', 'meterStop', 'timestamp'],
  },
  settlements: new Set(['StartTransaction', 'StopTransaction']),
  nullIsEmpty: true,
};
