// Free ports, and readiness at the protocol: an open port is not enough.
import net from 'node:net';
import { EmbeddedError, sleep } from './process.mjs';

/** `preferred` when it can be had, else any free loopback port. */
export async function freePort(preferred) {
  return (preferred && (await bindable(preferred))) || bindable(0);
}

/** The port when nothing listens on it, 0 otherwise. */
export function bindable(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(0));
    server.listen({ port, host, exclusive: true }, () => {
      const { port: bound } = server.address();
      server.close(() => resolve(bound));
    });
  });
}

/** Resolves when the server at `url` is ready for work; throws EmbeddedError with the log's end when it stopped. */
export async function waitReady(name, url, { timeout = 30_000, child, tail = () => '' } = {}) {
  const target = new URL(url.split(',')[0]);
  const until = Date.now() + timeout;
  for (let wait = 10; ; wait = Math.min(wait * 1.5, 200)) {
    if (child && (child.exitCode !== null || child.signalCode))
      throw new EmbeddedError(`${name} stopped while starting:\n${tail()}`);
    const answer = await probes[name](target);
    if (answer === true) return;
    if (answer === 'no-jetstream')
      throw new EmbeddedError(`The NATS server at ${target.host} has JetStream off; start it with JetStream (-js)`);
    if (Date.now() > until)
      throw new EmbeddedError(`${name} did not answer at ${target.host} within ${timeout} ms\n${tail()}`);
    await sleep(wait);
  }
}

const probes = {
  /** A real StartupMessage: 'R' asks for the password, 'E' says for example "starting up". */
  postgres(url) {
    const user = decodeURIComponent(url.username || 'postgres');
    const body = Buffer.from(`user\0${user}\0database\0${url.pathname.slice(1) || user}\0\0`);
    const message = Buffer.alloc(8 + body.length);
    message.writeInt32BE(message.length, 0);
    message.writeInt32BE(196_608, 4); // protocol 3.0
    body.copy(message, 8);
    return exchange(url, 5432, message, (reply) => (reply.length > 0 ? reply[0] === 0x52 : undefined));
  },
  nats(url) {
    return exchange(url, 4222, null, (reply) => {
      const info = /^INFO (\{.*\})\s*\r\n/.exec(reply.toString());
      if (info === null) return undefined;
      return JSON.parse(info[1]).jetstream === true ? true : 'no-jetstream';
    });
  },
  redis(url) {
    const password = decodeURIComponent(url.password || '');
    const user = decodeURIComponent(url.username || '');
    const auth = password ? `AUTH ${user ? `${user} ` : ''}${password}\r\n` : '';
    return exchange(url, 6379, `${auth}PING\r\n`, (reply) => {
      const text = reply.toString();
      if (text.includes('+PONG')) return true;
      return /^-(LOADING|ERR|WRONGPASS|NOAUTH)/m.test(text) ? false : undefined;
    });
  },
};

/** Sends `payload`, hands all that came back to `verdict` until it returns something; false when the line breaks. */
function exchange(url, defaultPort, payload, verdict, timeout = 1500) {
  return new Promise((resolve) => {
    const socket = net.connect({ host: url.hostname, port: Number(url.port || defaultPort) });
    let received = Buffer.alloc(0);
    const end = (value) => {
      socket.destroy();
      resolve(value);
    };
    socket.setTimeout(timeout, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => payload && socket.write(payload));
    socket.on('data', (data) => {
      received = Buffer.concat([received, data]);
      const value = verdict(received);
      if (value !== undefined) end(value);
    });
  });
}
