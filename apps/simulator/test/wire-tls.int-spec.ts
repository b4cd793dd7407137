import 'reflect-metadata';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { webcrypto } from 'node:crypto';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { dialWebSocket } from '../src/core/wire';
import type { TlsIdentity } from '../src/core/wire';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

async function ownCertificate(): Promise<{ cert: string; key: string }> {
  const keys = await webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: 'CN=gateway',
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + DAY_MS),
    keys,
    signingAlgorithm: EC,
    extensions: [new SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
  });
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return {
    cert: certificate.toString('pem'),
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
  };
}

describe('a station over TLS', () => {
  let server: Server;
  let own: { readonly cert: string; readonly key: string };

  beforeAll(async () => {
    own = await ownCertificate();
    server = createServer(own);
    const sockets = new WebSocketServer({ server, handleProtocols: ([first]) => first ?? false });
    sockets.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        socket.send(`heard ${data.toString()}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  /** What it hears after it has said something, or why there is no connection. */
  const says = (text: string, tls: TlsIdentity): Promise<string> =>
    new Promise((resolve) => {
      const { port } = server.address() as AddressInfo;
      const dial = dialWebSocket({ path: '/ocpp/CS-1', subprotocol: 'ocpp1.6', tls });
      const wire = dial(
        { target: { host: '127.0.0.1', port }, readBuffer: new Uint8Array(0) },
        {
          opened: () => {
            wire.write(Buffer.from(text));
          },
          received: (chunk) => {
            resolve(Buffer.from(chunk).toString());
            wire.destroy();
          },
          failed: resolve,
          closed: () => undefined,
        },
      );
    });

  it('A20 trusts who signed the certificate of the gateway, and nobody else', async () => {
    expect(await says('[2]', { ca: own.cert })).toBe('heard [2]');
    expect(await says('[2]', {})).toMatch(/self-signed certificate/);
  });
});
