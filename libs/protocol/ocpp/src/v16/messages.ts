import type { OCPP16 } from 'typed-ocpp';

interface Call<Request, Response> {
  readonly request: Request;
  readonly response: Response;
}

/** What a station may call: page §3.1. Payloads by the corrected official schemas. */
export interface StationCalls {
  Authorize: Call<OCPP16.AuthorizeRequest, OCPP16.AuthorizeResponse>;
  BootNotification: Call<OCPP16.BootNotificationRequest, OCPP16.BootNotificationResponse>;
  DataTransfer: Call<OCPP16.DataTransferRequest, OCPP16.DataTransferResponse>;
  DiagnosticsStatusNotification: Call<
    OCPP16.DiagnosticsStatusNotificationRequest,
    OCPP16.DiagnosticsStatusNotificationResponse
  >;
  FirmwareStatusNotification: Call<OCPP16.FirmwareStatusNotificationRequest, OCPP16.FirmwareStatusNotificationResponse>;
  Heartbeat: Call<OCPP16.HeartbeatRequest, OCPP16.HeartbeatResponse>;
  LogStatusNotification: Call<OCPP16.LogStatusNotificationRequest, OCPP16.LogStatusNotificationResponse>;
  MeterValues: Call<OCPP16.MeterValuesRequest, OCPP16.MeterValuesResponse>;
  SecurityEventNotification: Call<OCPP16.SecurityEventNotificationRequest, OCPP16.SecurityEventNotificationResponse>;
  SignCertificate: Call<OCPP16.SignCertificateRequest, OCPP16.SignCertificateResponse>;
  SignedFirmwareStatusNotification: Call<
    OCPP16.SignedFirmwareStatusNotificationRequest,
    OCPP16.SignedFirmwareStatusNotificationResponse
  >;
  StartTransaction: Call<OCPP16.StartTransactionRequest, OCPP16.StartTransactionResponse>;
  StatusNotification: Call<OCPP16.StatusNotificationRequest, OCPP16.StatusNotificationResponse>;
  StopTransaction: Call<OCPP16.StopTransactionRequest, OCPP16.StopTransactionResponse>;
}
/** What we call: page §3.2. */
export interface PlatformCalls {
  CancelReservation: Call<OCPP16.CancelReservationRequest, OCPP16.CancelReservationResponse>;
  CertificateSigned: Call<OCPP16.CertificateSignedRequest, OCPP16.CertificateSignedResponse>;
  ChangeAvailability: Call<OCPP16.ChangeAvailabilityRequest, OCPP16.ChangeAvailabilityResponse>;
  ChangeConfiguration: Call<OCPP16.ChangeConfigurationRequest, OCPP16.ChangeConfigurationResponse>;
  ClearCache: Call<OCPP16.ClearCacheRequest, OCPP16.ClearCacheResponse>;
  ClearChargingProfile: Call<OCPP16.ClearChargingProfileRequest, OCPP16.ClearChargingProfileResponse>;
  DataTransfer: Call<OCPP16.DataTransferRequest, OCPP16.DataTransferResponse>;
  DeleteCertificate: Call<OCPP16.DeleteCertificateRequest, OCPP16.DeleteCertificateResponse>;
  ExtendedTriggerMessage: Call<OCPP16.ExtendedTriggerMessageRequest, OCPP16.ExtendedTriggerMessageResponse>;
  GetCompositeSchedule: Call<OCPP16.GetCompositeScheduleRequest, OCPP16.GetCompositeScheduleResponse>;
  GetConfiguration: Call<OCPP16.GetConfigurationRequest, OCPP16.GetConfigurationResponse>;
  GetDiagnostics: Call<OCPP16.GetDiagnosticsRequest, OCPP16.GetDiagnosticsResponse>;
  GetInstalledCertificateIds: Call<OCPP16.GetInstalledCertificateIdsRequest, OCPP16.GetInstalledCertificateIdsResponse>;
  GetLocalListVersion: Call<OCPP16.GetLocalListVersionRequest, OCPP16.GetLocalListVersionResponse>;
  GetLog: Call<OCPP16.GetLogRequest, OCPP16.GetLogResponse>;
  InstallCertificate: Call<OCPP16.InstallCertificateRequest, OCPP16.InstallCertificateResponse>;
  RemoteStartTransaction: Call<OCPP16.RemoteStartTransactionRequest, OCPP16.RemoteStartTransactionResponse>;
  RemoteStopTransaction: Call<OCPP16.RemoteStopTransactionRequest, OCPP16.RemoteStopTransactionResponse>;
  ReserveNow: Call<OCPP16.ReserveNowRequest, OCPP16.ReserveNowResponse>;
  Reset: Call<OCPP16.ResetRequest, OCPP16.ResetResponse>;
  SendLocalList: Call<OCPP16.SendLocalListRequest, OCPP16.SendLocalListResponse>;
  SetChargingProfile: Call<OCPP16.SetChargingProfileRequest, OCPP16.SetChargingProfileResponse>;
  SignedUpdateFirmware: Call<OCPP16.SignedUpdateFirmwareRequest, OCPP16.SignedUpdateFirmwareResponse>;
  TriggerMessage: Call<OCPP16.TriggerMessageRequest, OCPP16.TriggerMessageResponse>;
  UnlockConnector: Call<OCPP16.UnlockConnectorRequest, OCPP16.UnlockConnectorResponse>;
  UpdateFirmware: Call<OCPP16.UpdateFirmwareRequest, OCPP16.UpdateFirmwareResponse>;
}
export type StationAction = keyof StationCalls;
export type PlatformAction = keyof PlatformCalls;
export type StationRequest<A extends StationAction> = StationCalls[A]['request'];
export type StationResponse<A extends StationAction> = StationCalls[A]['response'];
export type PlatformRequest<A extends PlatformAction> = PlatformCalls[A]['request'];
export type PlatformResponse<A extends PlatformAction> = PlatformCalls[A]['response'];

export type MeterValue = OCPP16.MeterValuesRequest['meterValue'][number];
export type SampledValue = MeterValue['sampledValue'][number];
export type IdTagInfo = OCPP16.AuthorizeResponse['idTagInfo'];
export type ConnectorStatus = OCPP16.StatusNotificationRequest['status'];
export type ErrorCode = OCPP16.StatusNotificationRequest['errorCode'];
export type StopReason = NonNullable<OCPP16.StopTransactionRequest['reason']>;
