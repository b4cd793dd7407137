import { timingSafeEqual } from 'node:crypto';
import type { Logger } from '@chargebus/observability';
import type { FileGrant } from '@chargebus/persistence/fleet';
import { FtpSrv } from 'ftp-srv';
import type { FtpConnection } from 'ftp-srv';
import { hashOf } from '../firmware/delivery';
import { AddressLimits } from './address-limits';
import { GrantedFiles } from './granted-files';
import type { FileSource } from './granted-files';

export interface FtpOptions {
  readonly host: string;
  readonly port: number;
  readonly publicAddress: string; // IPv4 that passive answers name
  readonly passiveMin: number;
  readonly passiveMax: number;
}
export interface GrantSource extends FileSource {
  ofUser(userName: string): Promise<FileGrant | null>;
}

const IDLE_MS = 60_000;
const MAX_CONNECTIONS = 500;
/** Reading, and passive connections alone: nobody can have us connect to anybody. */
const COMMANDS = [
  ...['USER', 'PASS', 'QUIT', 'SYST', 'FEAT', 'OPTS', 'NOOP', 'TYPE', 'MODE', 'STRU', 'ALLO'],
  ...['PWD', 'XPWD', 'CWD', 'CDUP', 'PASV', 'EPSV', 'LIST', 'NLST', 'STAT', 'SIZE', 'MDTM', 'REST', 'RETR', 'ABOR'],
];
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT'] as const;

/**
 * FTP for devices that know nothing else: a login opens the one file of its job until the job is over or the grant
 * expires. Devices whose protocol carries no credentials come as whoever they like and must know the name of their file.
 */
export class FtpDoor {
  private readonly server: FtpSrv;
  private readonly limits = new AddressLimits();

  constructor(
    private readonly options: FtpOptions,
    private readonly grants: GrantSource,
    private readonly logger: Logger,
  ) {
    const { host, port, publicAddress, passiveMin, passiveMax } = options;
    this.server = withoutSignals(
      () =>
        new FtpSrv({
          url: `ftp://${host}:${port.toString()}`,
          pasv_url: publicAddress,
          pasv_min: passiveMin,
          pasv_max: passiveMax,
          anonymous: true,
          greeting: ['Files of jobs'],
          whitelist: COMMANDS,
          timeout: IDLE_MS,
          log: quiet(logger),
        }),
    );
    this.server.on('login', ({ connection, username, password }, resolve, reject) => {
      this.login(connection, username, password).then(resolve, reject);
    });
    this.watchConnections();
  }

  async listen(): Promise<void> {
    await this.server.listen();
    this.logger.info({ host: this.options.host, port: this.options.port }, 'serving files by FTP');
  }
  async close(): Promise<void> {
    await this.server.close();
  }

  private async login(connection: FtpConnection, userName: string, password: string): Promise<{ fs: never }> {
    const address = connection.ip;
    if (this.limits.isBarred(address)) throw new Error('too many failures');
    const grant = await this.grants.ofUser(userName); // null: anonymous, or what a firmware is built to say
    if (grant !== null && !sameText(hashOf(password), grant.passwordHash ?? '')) {
      this.limits.missed(address);
      throw new Error('login incorrect');
    }
    const files = new GrantedFiles(grant, this.grants, () => {
      this.limits.missed(address);
      if (this.limits.isBarred(address)) void connection.close(421, 'too many failures' as never);
    });
    return { fs: files as never }; // the library's type names a class, and needs the shape alone
  }

  private watchConnections(): void {
    const events = this.server as unknown as NodeJS.EventEmitter;
    const addresses = new Map<string, string>(); // of connections, whose socket may be gone when they end
    events.on(
      'connect',
      ({ connection, newConnectionCount }: { connection: FtpConnection; newConnectionCount: number }) => {
        addresses.set(connection.id, connection.ip);
        const isWelcome = this.limits.connected(connection.ip) && newConnectionCount <= MAX_CONNECTIONS;
        if (!isWelcome) void connection.close(421, 'too many connections' as never);
      },
    );
    events.on('disconnect', ({ id }: { id: string }) => {
      const address = addresses.get(id);
      addresses.delete(id);
      if (address !== undefined) this.limits.disconnected(address);
    });
    events.on('client-error', ({ error }: { error: unknown }) => {
      this.logger.debug({ err: error }, 'FTP client failed');
    });
    events.on('server-error', ({ error }: { error: unknown }) => {
      this.logger.error({ err: error }, 'FTP server failed');
    });
  }
}

const sameText = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** The library ends the process on signals by itself; when this process ends is decided elsewhere. */
function withoutSignals<T>(make: () => T): T {
  const before = new Map(SIGNALS.map((signal) => [signal, process.listeners(signal)]));
  const made = make();
  for (const signal of SIGNALS)
    for (const listener of process.listeners(signal))
      if (before.get(signal)?.includes(listener) !== true) process.removeListener(signal, listener);
  return made;
}

/** What the library calls an error is a device that went away: for debugging alone. */
function quiet(logger: Logger): unknown {
  const debug = (first: unknown, ...rest: unknown[]): void => {
    logger.debug({ ftp: first }, rest.map(String).join(' '));
  };
  const silent = (): void => undefined;
  const log = { trace: silent, debug: silent, info: debug, warn: debug, error: debug, fatal: debug, child: () => log };
  return log;
}
