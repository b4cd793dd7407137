import * as approval from './approval.routes';
import * as audit from './audit.routes';
import * as batch from './batch.routes';
import * as charge from './charge.routes';
import * as client from './client.routes';
import * as command from './command.routes';
import * as credential from './credential.routes';
import type { Route } from './define-route';
import * as device from './device.routes';
import * as event from './event.routes';
import * as exporting from './export.routes';
import * as history from './history.routes';
import * as internal from './internal.routes';
import * as job from './job.routes';
import * as log from './log.routes';
import * as setting from './setting.routes';
import * as socket from './socket.routes';
import * as token from './token.routes';
import * as trace from './trace.routes';
import * as webhook from './webhook.routes';

/** Every endpoint of the documents, in their order. */
export const ROUTES: readonly Route[] = [
  charge.startCharge,
  charge.stopCharge,
  charge.chargeStatus,
  device.listDevices,
  device.getDevice,
  device.getPorts,
  device.getRealtime,
  history.getHistory,
  history.getDeviceSessions,
  history.getDeviceAlarms,
  history.getDeviceLogs,
  history.listSessions,
  exporting.exportDevices,
  exporting.exportSessions,
  exporting.exportSamples,
  exporting.exportCommands,
  exporting.exportAlarms,
  exporting.createExport,
  exporting.listExports,
  exporting.getExport,
  exporting.cancelExport,
  socket.getSockets,
  socket.putSockets,
  command.orderDevice,
  credential.getCredentials,
  credential.setCredentials,
  credential.deliverCredentials,
  trace.streamFrames,
  trace.searchFrames,
  trace.captureFrames,
  trace.simulateEvent,
  trace.protocolStatistics,
  command.listCommands,
  command.getCommand,
  command.cancelCommand,
  command.replayCommand,
  batch.batchControl,
  job.listJobs,
  job.getJob,
  job.listJobItems,
  job.cancelJob,
  job.retryJob,
  token.putToken,
  token.getToken,
  token.deleteToken,
  token.listTokens,
  token.putTokenCallback,
  token.getTokenCallback,
  token.deleteTokenCallback,
  event.eventCatalogue,
  event.streamEvents,
  webhook.createWebhook,
  webhook.listWebhooks,
  webhook.getWebhook,
  webhook.updateWebhook,
  webhook.deleteWebhook,
  webhook.rotateWebhook,
  webhook.pingWebhook,
  webhook.listDeliveries,
  webhook.resendDelivery,
  webhook.resendSince,
  client.createKey,
  client.listKeys,
  client.getKey,
  client.updateKey,
  client.rotateKey,
  client.revokeKey,
  approval.listApprovals,
  approval.getApproval,
  approval.approve,
  approval.reject,
  audit.listAudit,
  audit.exportAudit,
  audit.verifyAudit,
  internal.createTenant,
  internal.listTenants,
  client.createClient,
  client.listClients,
  client.getClient,
  client.updateClient,
  client.rotateClient,
  client.revokeClient,
  client.createPrincipal,
  client.issueToken,
  client.listRoles,
  client.putRole,
  client.deleteRole,
  setting.listSettings,
  setting.getSetting,
  setting.putSetting,
  setting.settingHistory,
  setting.restoreSetting,
  log.listRequestLogs,
  log.summariseRequestLogs,
  audit.verifyAllAudits,
  internal.registerDevice,
  internal.listQuarantined,
  internal.adoptDevice,
  internal.listParkedMessages,
  internal.replayParkedMessage,
] as readonly Route[];
