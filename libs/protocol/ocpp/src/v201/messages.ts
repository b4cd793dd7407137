import type { OCPP20 } from 'typed-ocpp';

interface Call<Request, Response> {
  readonly request: Request;
  readonly response: Response;
}

/** What a station may call: page §4.1. Payloads by the official schemas. */
export interface StationCalls {
  Authorize: Call<OCPP20.AuthorizeRequest, OCPP20.AuthorizeResponse>;
  BootNotification: Call<OCPP20.BootNotificationRequest, OCPP20.BootNotificationResponse>;
  ClearedChargingLimit: Call<OCPP20.ClearedChargingLimitRequest, OCPP20.ClearedChargingLimitResponse>;
  DataTransfer: Call<OCPP20.DataTransferRequest, OCPP20.DataTransferResponse>;
  FirmwareStatusNotification: Call<OCPP20.FirmwareStatusNotificationRequest, OCPP20.FirmwareStatusNotificationResponse>;
  Get15118EVCertificate: Call<OCPP20.Get15118EVCertificateRequest, OCPP20.Get15118EVCertificateResponse>;
  GetCertificateStatus: Call<OCPP20.GetCertificateStatusRequest, OCPP20.GetCertificateStatusResponse>;
  Heartbeat: Call<OCPP20.HeartbeatRequest, OCPP20.HeartbeatResponse>;
  LogStatusNotification: Call<OCPP20.LogStatusNotificationRequest, OCPP20.LogStatusNotificationResponse>;
  MeterValues: Call<OCPP20.MeterValuesRequest, OCPP20.MeterValuesResponse>;
  NotifyChargingLimit: Call<OCPP20.NotifyChargingLimitRequest, OCPP20.NotifyChargingLimitResponse>;
  NotifyCustomerInformation: Call<OCPP20.NotifyCustomerInformationRequest, OCPP20.NotifyCustomerInformationResponse>;
  NotifyDisplayMessages: Call<OCPP20.NotifyDisplayMessagesRequest, OCPP20.NotifyDisplayMessagesResponse>;
  NotifyEVChargingNeeds: Call<OCPP20.NotifyEVChargingNeedsRequest, OCPP20.NotifyEVChargingNeedsResponse>;
  NotifyEVChargingSchedule: Call<OCPP20.NotifyEVChargingScheduleRequest, OCPP20.NotifyEVChargingScheduleResponse>;
  NotifyEvent: Call<OCPP20.NotifyEventRequest, OCPP20.NotifyEventResponse>;
  NotifyMonitoringReport: Call<OCPP20.NotifyMonitoringReportRequest, OCPP20.NotifyMonitoringReportResponse>;
  NotifyReport: Call<OCPP20.NotifyReportRequest, OCPP20.NotifyReportResponse>;
  PublishFirmwareStatusNotification: Call<
    OCPP20.PublishFirmwareStatusNotificationRequest,
    OCPP20.PublishFirmwareStatusNotificationResponse
  >;
  ReportChargingProfiles: Call<OCPP20.ReportChargingProfilesRequest, OCPP20.ReportChargingProfilesResponse>;
  ReservationStatusUpdate: Call<OCPP20.ReservationStatusUpdateRequest, OCPP20.ReservationStatusUpdateResponse>;
  SecurityEventNotification: Call<OCPP20.SecurityEventNotificationRequest, OCPP20.SecurityEventNotificationResponse>;
  SignCertificate: Call<OCPP20.SignCertificateRequest, OCPP20.SignCertificateResponse>;
  StatusNotification: Call<OCPP20.StatusNotificationRequest, OCPP20.StatusNotificationResponse>;
  TransactionEvent: Call<OCPP20.TransactionEventRequest, OCPP20.TransactionEventResponse>;
}
/** What we call: page §4.2. */
export interface PlatformCalls {
  CancelReservation: Call<OCPP20.CancelReservationRequest, OCPP20.CancelReservationResponse>;
  CertificateSigned: Call<OCPP20.CertificateSignedRequest, OCPP20.CertificateSignedResponse>;
  ChangeAvailability: Call<OCPP20.ChangeAvailabilityRequest, OCPP20.ChangeAvailabilityResponse>;
  ClearCache: Call<OCPP20.ClearCacheRequest, OCPP20.ClearCacheResponse>;
  ClearChargingProfile: Call<OCPP20.ClearChargingProfileRequest, OCPP20.ClearChargingProfileResponse>;
  ClearDisplayMessage: Call<OCPP20.ClearDisplayMessageRequest, OCPP20.ClearDisplayMessageResponse>;
  ClearVariableMonitoring: Call<OCPP20.ClearVariableMonitoringRequest, OCPP20.ClearVariableMonitoringResponse>;
  CostUpdated: Call<OCPP20.CostUpdatedRequest, OCPP20.CostUpdatedResponse>;
  CustomerInformation: Call<OCPP20.CustomerInformationRequest, OCPP20.CustomerInformationResponse>;
  DataTransfer: Call<OCPP20.DataTransferRequest, OCPP20.DataTransferResponse>;
  DeleteCertificate: Call<OCPP20.DeleteCertificateRequest, OCPP20.DeleteCertificateResponse>;
  GetBaseReport: Call<OCPP20.GetBaseReportRequest, OCPP20.GetBaseReportResponse>;
  GetChargingProfiles: Call<OCPP20.GetChargingProfilesRequest, OCPP20.GetChargingProfilesResponse>;
  GetCompositeSchedule: Call<OCPP20.GetCompositeScheduleRequest, OCPP20.GetCompositeScheduleResponse>;
  GetDisplayMessages: Call<OCPP20.GetDisplayMessagesRequest, OCPP20.GetDisplayMessagesResponse>;
  GetInstalledCertificateIds: Call<OCPP20.GetInstalledCertificateIdsRequest, OCPP20.GetInstalledCertificateIdsResponse>;
  GetLocalListVersion: Call<OCPP20.GetLocalListVersionRequest, OCPP20.GetLocalListVersionResponse>;
  GetLog: Call<OCPP20.GetLogRequest, OCPP20.GetLogResponse>;
  GetMonitoringReport: Call<OCPP20.GetMonitoringReportRequest, OCPP20.GetMonitoringReportResponse>;
  GetReport: Call<OCPP20.GetReportRequest, OCPP20.GetReportResponse>;
  GetTransactionStatus: Call<OCPP20.GetTransactionStatusRequest, OCPP20.GetTransactionStatusResponse>;
  GetVariables: Call<OCPP20.GetVariablesRequest, OCPP20.GetVariablesResponse>;
  InstallCertificate: Call<OCPP20.InstallCertificateRequest, OCPP20.InstallCertificateResponse>;
  PublishFirmware: Call<OCPP20.PublishFirmwareRequest, OCPP20.PublishFirmwareResponse>;
  RequestStartTransaction: Call<OCPP20.RequestStartTransactionRequest, OCPP20.RequestStartTransactionResponse>;
  RequestStopTransaction: Call<OCPP20.RequestStopTransactionRequest, OCPP20.RequestStopTransactionResponse>;
  ReserveNow: Call<OCPP20.ReserveNowRequest, OCPP20.ReserveNowResponse>;
  Reset: Call<OCPP20.ResetRequest, OCPP20.ResetResponse>;
  SendLocalList: Call<OCPP20.SendLocalListRequest, OCPP20.SendLocalListResponse>;
  SetChargingProfile: Call<OCPP20.SetChargingProfileRequest, OCPP20.SetChargingProfileResponse>;
  SetDisplayMessage: Call<OCPP20.SetDisplayMessageRequest, OCPP20.SetDisplayMessageResponse>;
  SetMonitoringBase: Call<OCPP20.SetMonitoringBaseRequest, OCPP20.SetMonitoringBaseResponse>;
  SetMonitoringLevel: Call<OCPP20.SetMonitoringLevelRequest, OCPP20.SetMonitoringLevelResponse>;
  SetNetworkProfile: Call<OCPP20.SetNetworkProfileRequest, OCPP20.SetNetworkProfileResponse>;
  SetVariableMonitoring: Call<OCPP20.SetVariableMonitoringRequest, OCPP20.SetVariableMonitoringResponse>;
  SetVariables: Call<OCPP20.SetVariablesRequest, OCPP20.SetVariablesResponse>;
  TriggerMessage: Call<OCPP20.TriggerMessageRequest, OCPP20.TriggerMessageResponse>;
  UnlockConnector: Call<OCPP20.UnlockConnectorRequest, OCPP20.UnlockConnectorResponse>;
  UnpublishFirmware: Call<OCPP20.UnpublishFirmwareRequest, OCPP20.UnpublishFirmwareResponse>;
  UpdateFirmware: Call<OCPP20.UpdateFirmwareRequest, OCPP20.UpdateFirmwareResponse>;
}
export type StationAction = keyof StationCalls;
export type PlatformAction = keyof PlatformCalls;
export type StationRequest<A extends StationAction> = StationCalls[A]['request'];
export type StationResponse<A extends StationAction> = StationCalls[A]['response'];
export type PlatformRequest<A extends PlatformAction> = PlatformCalls[A]['request'];
export type PlatformResponse<A extends PlatformAction> = PlatformCalls[A]['response'];

export type Evse = NonNullable<OCPP20.TransactionEventRequest['evse']>;
export type IdToken = OCPP20.AuthorizeRequest['idToken'];
export type IdTokenInfo = OCPP20.AuthorizeResponse['idTokenInfo'];
export type Component = OCPP20.GetVariablesRequest['getVariableData'][number]['component'];
export type Variable = OCPP20.GetVariablesRequest['getVariableData'][number]['variable'];
export type ChargingProfile = OCPP20.SetChargingProfileRequest['chargingProfile'];
export type MeterValue = OCPP20.MeterValuesRequest['meterValue'][number];
export type SampledValue = MeterValue['sampledValue'][number];
export type TransactionEvent = OCPP20.TransactionEventRequest;
export type EventData = OCPP20.NotifyEventRequest['eventData'][number];
