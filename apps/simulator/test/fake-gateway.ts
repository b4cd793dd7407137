import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { DownCommand, EncodableFields, FieldsOf, UpCommand } from '@chargebus/protocol-ap3000';
import { FakePlatform } from './fake-platform';
import type { Received } from './fake-platform';

/** A listening port with a fake platform behind every connection. */
export class FakeGateway {
  readonly connections: FakePlatform[] = [];
  /** Commands that stay unanswered on connections to come. */
  readonly silentOn = new Set<string>();
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {
    server.on('connection', (socket) => {
      this.accept(socket);
    });
  }

  static async listen(port = 0): Promise<FakeGateway> {
    const server = createServer({ noDelay: true });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new FakeGateway(server, (server.address() as AddressInfo).port);
  }

  get openConnections(): number {
    return this.sockets.size;
  }

  framesOf(command: string, physicalId?: string): Received[] {
    return this.connections.flatMap((connection) => connection.framesOf(command, physicalId));
  }

  of<C extends UpCommand>(command: C, physicalId?: string): FieldsOf<'up', C>[] {
    return this.connections.flatMap((connection) => connection.of(command, physicalId));
  }

  /** On the newest connection that carried the device. */
  order<C extends DownCommand>(physicalId: string, command: C, fields: EncodableFields<'down', C>): number {
    const connection = this.connections.findLast(({ frames }) =>
      frames.some((frame) => frame.physicalId === physicalId),
    );
    if (connection === undefined) throw new Error(`no connection of ${physicalId}`);
    return connection.order(physicalId, command, fields);
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private accept(socket: Socket): void {
    const platform = new FakePlatform((bytes) => socket.write(bytes));
    for (const command of this.silentOn) platform.silentOn.add(command);
    this.connections.push(platform);
    this.sockets.add(socket);
    socket.on('data', (chunk) => {
      platform.receive(chunk);
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
  }
}
