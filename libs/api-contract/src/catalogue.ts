import * as charge from './charge.routes';
import * as command from './command.routes';
import * as credential from './credential.routes';
import type { Route } from './define-route';
import * as device from './device.routes';
import * as event from './event.routes';
import * as history from './history.routes';
import * as internal from './internal.routes';
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
  token.putToken,
  token.getToken,
  token.deleteToken,
  token.listTokens,
  token.putTokenCallback,
  token.getTokenCallback,
  token.deleteTokenCallback,
  event.eventCatalogue,
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
  internal.createTenant,
  internal.listTenants,
  internal.createClient,
  internal.listClients,
  internal.updateClient,
  internal.rotateClient,
  internal.registerDevice,
  internal.listQuarantined,
  internal.adoptDevice,
  internal.listParkedMessages,
  internal.replayParkedMessage,
] as readonly Route[];
