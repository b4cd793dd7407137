import type { DeviceId } from '@chargebus/domain';
import type { Logger } from '@chargebus/observability';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server as TlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import { WebSocketServer } from 'ws';
import type { ServerOptions, WebSocket } from 'ws';
import type { Clock } from '../clock';
import type { AddressRanges } from '@chargebus/security';
import type { Admissions } from '../handshake/admissions';
import type { Attempts } from '../handshake/attempts';
import { originOf, subjectOf } from '../handshake/origin';
import { spread } from '../handshake/handshake';
import type { Handshake, NewlyUsed, Refusal, Transport, Welcome } from '../handshake/handshake';
import type { TakeoverWatch } from '../handshake/takeover-watch';
import type { GatewayMetrics } from '../metrics';
import type { RouteTable } from '../routes/route-table';
import type { Admission } from './admission';
import type { LinkRegistry } from './link-registry';
import type { MessageLimits, MessageLink } from './message-link';
import { fingerprintOf, readTlsSettings } from './tls-settings';
import type { TlsFiles } from './tls-settings';
import { WebSocketWire } from './websocket-wire';

const HEADERS_TIMEOUT_MS = 10_000;
const CHECK_HEADERS_EVERY_MS = 2_000;
const KEEP_ALIVE_AFTER_MS = 60_000;
const HTTP = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: HEADERS_TIMEOUT_MS,
  connectionsCheckingInterval: CHECK_HEADERS_EVERY_MS,
  noDelay: true,
  keepAlive: true,
  keepAliveInitialDelay: KEEP_ALIVE_AFTER_MS,
} as const;
const PLAIN: Transport = { kind: 'plain' };
const TLS: Transport = { kind: 'tls' };
const CLOSE_TIMEOUT_MS = 2_000; // for the other side's goodbye
const DEFLATE_FROM_BYTES = 1_024;
const DEFLATE_AT_ONCE = 10;
const BACKLOG = 4_096; // a whole city may reconnect within a second
const RETRY_AFTER_S = 10;
const REASONS: Readonly<Record<Refusal['status'], string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

export interface DoorOptions {
  readonly balancers: AddressRanges;
  readonly maxMessageBytes: number;
  readonly certificateCheckMs: number; // how often renewed files are looked for
  readonly limits: MessageLimits;
}
export interface DoorHost {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: GatewayMetrics;
  readonly registry: LinkRegistry;
  readonly routes: RouteTable;
  readonly admission: Admission;
  readonly admissions: Pick<Admissions, 'noteAccepted' | 'wasAccepted'>;
  readonly handshake: Handshake;
  readonly attempts: Attempts;
  readonly takeovers: TakeoverWatch;
  /** The device used new credentials for the first time. */
  credentialsUsed(deviceId: DeviceId, used: NewlyUsed): void;
  /** Two stations were given one identity. */
  contested(deviceId: DeviceId, addresses: readonly string[]): void;
}

/** A WebSocket that knows its link: listeners are shared functions, not closures per connection. */
interface DeviceWebSocket extends WebSocket {
  link: MessageLink;
}

interface Renewal {
  readonly server: TlsServer;
  readonly files: TlsFiles;
  fingerprint: string; // of what the server runs with
}

/** The door for devices that speak in messages over WebSocket. Nobody is inside before the handshake has decided. */
export class WebSocketDoor {
  private readonly servers: (Server | TlsServer)[] = [];
  private readonly renewals: Renewal[] = [];
  private cancelWatch: (() => void) | null = null;
  private readonly sockets: WebSocketServer;
  private readonly chosen = new WeakMap<IncomingMessage, string>();
  private readonly onClose: (this: WebSocket) => void;
  private open = true;

  constructor(
    private readonly options: DoorOptions,
    private readonly host: DoorHost,
  ) {
    const settings: ServerOptions & { readonly closeTimeout: number } = {
      noServer: true,
      clientTracking: false,
      maxPayload: options.maxMessageBytes,
      closeTimeout: CLOSE_TIMEOUT_MS,
      perMessageDeflate: {
        threshold: DEFLATE_FROM_BYTES,
        serverNoContextTakeover: true, // contexts cost far more memory than the connection itself
        concurrencyLimit: DEFLATE_AT_ONCE,
      },
      handleProtocols: (_offered, request) => this.chosen.get(request) ?? false,
    };
    this.sockets = new WebSocketServer(settings);
    const { registry } = host;
    this.onClose = function (this: WebSocket) {
      registry.remove((this as DeviceWebSocket).link);
    };
  }

  /** Security profiles 0 and 1. Resolves with the port. */
  listen(host: string, port: number): Promise<number> {
    return this.serve(createServer(HTTP), host, port, () => PLAIN);
  }

  /** Profile 2, or 3 where certificates of stations are asked for. Resolves with the port. */
  listenTls(host: string, port: number, files: TlsFiles): Promise<number> {
    const settings = readTlsSettings(files);
    const server = createTlsServer({ ...HTTP, ...settings });
    this.renewals.push({ server, files, fingerprint: fingerprintOf(settings) });
    if (this.renewals.length === 1) this.watchCertificates();
    return this.serve(server, host, port, files.clientCaFile === null ? () => TLS : provedBy);
  }

  /** Takes no new connections; those that are open stay. */
  close(): void {
    this.open = false;
    this.cancelWatch?.();
    for (const server of this.servers) server.close();
  }

  /** Takes certificates that were renewed into use; connections that are open keep theirs. */
  private watchCertificates(): void {
    this.cancelWatch = this.host.clock.after(this.options.certificateCheckMs, () => {
      for (const renewal of this.renewals) this.renew(renewal);
      this.watchCertificates();
    });
  }
  private renew(renewal: Renewal): void {
    try {
      const settings = readTlsSettings(renewal.files);
      const fingerprint = fingerprintOf(settings);
      if (fingerprint === renewal.fingerprint) return;
      renewal.server.setSecureContext(settings);
      renewal.fingerprint = fingerprint;
      this.host.logger.info({ files: renewal.files.certFiles }, 'certificates renewed');
    } catch (error) {
      this.host.logger.error(
        { err: error, files: renewal.files.certFiles },
        'certificates not usable, the old ones stay',
      );
    }
  }

  private async serve(
    server: Server | TlsServer,
    host: string,
    port: number,
    transportOf: (socket: Duplex) => Transport,
  ): Promise<number> {
    server.on('tlsClientError', () => {
      this.host.metrics.handshakes.inc({ result: 'tls' });
    });
    server.on('request', (_request, response) => {
      response.writeHead(404, { Connection: 'close' }).end();
    });
    server.on('upgrade', (request, socket, head) => {
      socket.on('error', onError);
      this.knock(request, socket, head, transportOf(socket)).catch((error: unknown) => {
        this.host.logger.error({ err: error }, 'handshake failed');
        socket.destroy();
      });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, backlog: BACKLOG }, () => {
        server.off('error', reject);
        resolve();
      });
    });
    server.on('error', (error) => {
      this.host.logger.error({ err: error }, 'device port failed');
    });
    this.servers.push(server);
    const bound = server.address() as AddressInfo;
    this.host.logger.info({ address: bound.address, port: bound.port }, 'devices may connect by WebSocket');
    return bound.port;
  }

  private async knock(request: IncomingMessage, socket: Duplex, head: Buffer, listener: Transport): Promise<void> {
    const peer = request.socket.remoteAddress;
    if (peer === undefined) {
      socket.destroy(); // gone already
      return;
    }
    const { address, transport } = originOf(peer, listener, request.headers, this.options.balancers);
    const decision = this.isFull(address, socket) ?? (await this.decide(request, address, transport));
    if ('status' in decision) {
      this.refuse(socket, address, decision);
      return;
    }
    this.welcome(request, socket, head, address, decision);
  }

  /** Row 1 of ocpp.md §1.2. Null: there is room, and it is taken. */
  private isFull(address: string, socket: Duplex): Refusal | null {
    const { admission, attempts, clock, metrics } = this.host;
    const retryAfterS = spread(RETRY_AFTER_S);
    if (!this.open) return { status: 503, reason: 'draining', deviceId: null, retryAfterS };
    if (!attempts.takesOneMore(clock.nowMs())) return { status: 503, reason: 'wave', deviceId: null, retryAfterS };
    const refusal = admission.enter(address);
    if (refusal === null) {
      socket.once('close', () => {
        admission.leave(address);
      });
      return null;
    }
    metrics.refused.inc({ reason: refusal });
    return { status: 503, reason: refusal, deviceId: null, retryAfterS };
  }

  private async decide(request: IncomingMessage, address: string, transport: Transport): Promise<Welcome | Refusal> {
    try {
      return await this.host.handshake.decide({
        method: request.method ?? '',
        url: request.url ?? '',
        authorization: request.headers.authorization,
        subprotocols: request.headers['sec-websocket-protocol'],
        remoteAddress: address,
        transport,
      });
    } catch (error) {
      this.host.logger.warn({ err: error, remoteAddress: address }, 'the registry does not say who may come in');
      return { status: 503, reason: 'registry_away', deviceId: null, retryAfterS: spread(RETRY_AFTER_S) };
    }
  }

  private refuse(socket: Duplex, remoteAddress: string, { status, reason, deviceId, retryAfterS }: Refusal): void {
    this.host.metrics.handshakes.inc({ result: String(status) });
    this.host.logger.info({ deviceId, remoteAddress, status, reason }, 'handshake refused');
    const headers = [
      `HTTP/1.1 ${String(status)} ${REASONS[status]}`,
      'Connection: close',
      'Content-Length: 0',
      ...(status === 401 ? ['WWW-Authenticate: Basic realm="ocpp"'] : []),
      ...(retryAfterS === undefined ? [] : [`Retry-After: ${String(retryAfterS)}`]),
    ];
    socket.end(`${headers.join('\r\n')}\r\n\r\n`, () => {
      socket.destroy();
    });
  }

  private welcome(request: IncomingMessage, socket: Duplex, head: Buffer, address: string, welcome: Welcome): void {
    const { driver } = welcome;
    if (driver !== null) this.chosen.set(request, driver.subprotocol);
    this.sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', onError);
      if (driver === null) {
        this.host.metrics.handshakes.inc({ result: 'no_subprotocol' });
        this.host.logger.info({ deviceId: welcome.deviceId, remoteAddress: address }, 'no common subprotocol');
        webSocket.close(1002, 'no common subprotocol');
      } else this.enter(webSocket as DeviceWebSocket, address, { ...welcome, driver });
    });
  }

  private enter(
    webSocket: DeviceWebSocket,
    address: string,
    welcome: Welcome & { readonly driver: NonNullable<Welcome['driver']> },
  ): void {
    const { admissions, clock, metrics, registry, routes, takeovers } = this.host;
    const { admission, deviceId, driver, used } = welcome;
    const before = routes.find(deviceId)?.link.remoteAddress;
    metrics.handshakes.inc({ result: 'accepted' });
    webSocket.link = registry.addMessages(new WebSocketWire(webSocket), address, {
      driver,
      deviceId,
      limits: this.options.limits,
      answersPings: admission.answersPings,
      acceptedBefore: admissions.wasAccepted(deviceId, admission),
      heartbeatIntervalS: admission.heartbeatIntervalS,
      whenAccepted: () => {
        admissions.noteAccepted(deviceId);
      },
    });
    webSocket.on('message', onMessage);
    webSocket.on('ping', onSign);
    webSocket.on('pong', onSign);
    webSocket.on('close', this.onClose);
    if (used.passwordHash !== null || used.securityProfile !== null) this.host.credentialsUsed(deviceId, used);
    if (before !== undefined && takeovers.note(deviceId, before, address, clock.nowMs()))
      this.host.contested(deviceId, [before, address]);
  }
}

/** What the client certificate says, which TLS has verified. */
const provedBy = (socket: Duplex): Transport => subjectOf((socket as TLSSocket).getPeerCertificate().subject);

function onMessage(this: WebSocket, data: Buffer, isBinary: boolean): void {
  const { link } = this as DeviceWebSocket;
  if (isBinary) link.close('not_text');
  else link.receive(data);
}
function onSign(this: WebSocket): void {
  (this as DeviceWebSocket).link.isAlive();
}
/** `close` follows and says all that matters. */
function onError(): void {
  return;
}
