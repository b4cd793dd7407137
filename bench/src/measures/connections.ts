import { readFileSync } from 'node:fs';
import { Installation } from '@chargebus/testing';
import { answer, end, startChild } from '../child';
import type { Figure } from '../report';
import { delay } from '../statistics';

const DEVICES = 20_000;
const GENERATORS = 2; // each may hold as many sockets as the machine's limit of open files
const SLAVES_PER_HOST = 50;
const HEADROOM = 200; // files that the gateway needs besides device sockets, and hosts
const limitOfOpenFiles = Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? 1024);

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;

/** Devices on one gateway process, each on a socket of its own as far as the limit of open files allows. */
export async function measureConnections(): Promise<Figure[]> {
  const direct = Math.min(DEVICES, limitOfOpenFiles - HEADROOM);
  const slaves = DEVICES - direct;
  const installation = await Installation.start({
    settings: { 'protocol-gateway': { DEVICE_MAX_CONNECTIONS: '30000', DEVICE_MAX_CONNECTIONS_PER_ADDRESS: '30000' } },
  });
  const pid = installation.process('protocol-gateway').child.pid ?? 0;
  const fleets = await Promise.all(Array.from({ length: GENERATORS + 1 }, () => startChild('fleet-process.js')));
  try {
    const before = residentBytes(pid);
    const shares = [...Array.from({ length: GENERATORS }, () => direct / GENERATORS), slaves];
    const connected = await Promise.all(
      fleets.map(async ({ child }, index) => {
        const devices = Math.floor(shares[index] ?? 0);
        if (devices === 0) return 0;
        const topology = index < GENERATORS ? {} : { slavesPerHost: SLAVES_PER_HOST };
        child.send({
          connect: {
            port: installation.devicePort,
            devices,
            firstDeviceNo: 1 + index * 100_000,
            vehicles: 'none',
            rampPerS: 500,
            ...topology,
          },
        });
        return (await answer<{ deviceIds: string[] }>(child)).deviceIds.length;
      }),
    );
    await delay(10_000); // heartbeats go on, garbage is collected
    const count = connected.reduce((sum, n) => sum + n, 0);
    return [
      {
        measure: 'devices connected to one gateway process',
        unit: '',
        value: count,
        must: { atLeast: DEVICES },
        ceiling: null,
        note:
          slaves === 0
            ? ''
            : `${slaves} of them behind hosts: the machine allows ${limitOfOpenFiles} open files a process`,
      },
      {
        measure: 'memory of the process per device',
        unit: 'KB',
        value: (residentBytes(pid) - before) / count / 1024,
        must: { atMost: 16 },
        ceiling: null,
      },
    ];
  } finally {
    await Promise.all(fleets.map(({ child }) => end(child)));
    await installation.stop();
  }
}
