import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where somebody's firmware lies: files by name over HTTP, and how often each was asked for. */
export class FileServer {
  readonly asked: string[] = [];
  private readonly files = new Map<string, Uint8Array>();
  /** So many answers break off in the middle. */
  breaks = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const name = (request.url ?? '').slice(1);
      this.asked.push(name);
      const bytes = this.files.get(name);
      if (bytes === undefined) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { 'content-length': bytes.length });
      if (this.breaks === 0) response.end(bytes);
      else {
        this.breaks--;
        response.write(bytes.subarray(0, bytes.length / 2), () => request.socket.destroy());
      }
    });
  }
  static async listen(): Promise<FileServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FileServer(server);
  }
  /** Its address. */
  put(name: string, bytes: Uint8Array): string {
    this.files.set(name, bytes);
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port.toString()}/${name}`;
  }
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
