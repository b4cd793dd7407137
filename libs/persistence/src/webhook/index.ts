export { webhookMigrations } from './migrations';
export { sortableId } from '../sortable-id';
export { EndpointRepository } from './endpoint.repository';
export type {
  DisabledEndpoint,
  DisabledReason,
  DisableRule,
  MakerRights,
  EndpointChanges,
  EndpointFailure,
  EndpointRef,
  EndpointSettings,
  SealedHeaders,
  SealedKeyPair,
  SealedSecret,
  SignatureKind,
  Subscription,
  WebhookEndpoint,
} from './endpoint.repository';
export { DeliveryQueueRepository, roomAfter } from './delivery-queue.repository';
export type {
  AttemptRecord,
  ClaimedDelivery,
  ClaimRef,
  ClaimRequest,
  DeliveryResult,
  DeliveryState,
  LaneName,
  NewDelivery,
  Occupancy,
} from './delivery-queue.repository';
export { DeliveryLogRepository } from './delivery-log.repository';
export { deliveryRetention } from './delivery-retention';
export { ResendRepository } from './resend.repository';
export type { Resend, ResendFilter } from './resend.repository';
export type { Delivery, DeliveryFilter, DeliveryStatistics } from './delivery-log.repository';
export { TokenCallbackRepository } from './token-callback.repository';
export type { TokenCallback, TokenCallbackSettings } from './token-callback.repository';
