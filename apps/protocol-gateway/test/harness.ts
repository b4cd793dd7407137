import type { ProtocolEvent } from '@chargebus/events';
import { ProtocolEventBatch } from '@chargebus/events';
import { Bus, DEVICE_STREAM, downSubject } from '@chargebus/messaging';
import { createLogger, Metrics } from '@chargebus/observability';
import { CommandId, DeviceId, toInstant } from '@chargebus/domain';
import type { DeviceCommand, OrderRef } from '@chargebus/domain';
import type { FrameCodec, LooseFrame, MessageDriver, ProtocolDriver, StreamSplitter } from '@chargebus/protocol-core';
import { AdmitDevices, ConfirmCredentials } from '@chargebus/requests';
import type { DeviceAdmission, RequestOf } from '@chargebus/requests';
import { eventually } from '@chargebus/testing';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { AppModule } from '../src/app.module';
import { configDefinition } from '../src/config';
import { GatewayService } from '../src/gateway.service';
import { fakeDriver } from './fake-driver';

export interface RunningGateway {
  readonly port: number;
  readonly wsPort: number;
  readonly wssPort: number; // 0: off
  readonly mtlsPort: number;
  readonly service: GatewayService;
  /** One value of the metrics page, by its line without the value; 0 when it is not there. */
  metric(line: string): Promise<number>;
  stop(): Promise<void>;
}

const running: (() => Promise<unknown>)[] = [];
/** Ends what a test that failed has left: in `afterAll`, before the servers go. */
export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((stop) => stop()));
}

/** The whole gateway, as `main.ts` builds it, on a port of its own. */
export async function startGateway(
  natsUrl: string,
  settings: Readonly<Record<string, unknown>> = {},
  drivers: readonly ProtocolDriver[] = [fakeDriver],
  messageDrivers: readonly MessageDriver[] = [],
): Promise<RunningGateway> {
  const config = configDefinition.schema.parse({
    NATS_URL: natsUrl,
    DEVICE_TCP_PORT: 0,
    DEVICE_WS_PORT: 0,
    DRAIN_SPREAD_MS: 0,
    DEVICE_WS_ALLOW_PROFILE_0: true,
    LOG_LEVEL: 'silent',
    ...settings,
  });
  const metrics = new Metrics('protocol-gateway');
  const context = { config, logger: createLogger('gateway', config.LOG_LEVEL), metrics };
  const module = AppModule.register(context, drivers, messageDrivers);
  const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  const service = app.get(GatewayService);
  const ports = await service.start();
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => (stopped ??= service.stop());
  running.push(stop);
  return {
    port: ports.tcp,
    wsPort: ports.ws,
    wssPort: ports.wss ?? 0,
    mtlsPort: ports.mtls ?? 0,
    service,
    metric: async (wanted) => {
      const found = (await metrics.expose()).split('\n').find((text) => text.startsWith(`${wanted} `));
      return Number(found?.slice(wanted.length + 1) ?? 0);
    },
    stop,
  };
}

/** A device's end of a connection. */
export class Device {
  received = '';
  closed = false;

  private constructor(readonly socket: Socket) {
    socket.on('data', (data) => (this.received += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.closed = true));
  }
  static async connect(port: number): Promise<Device> {
    const device = new Device(connect({ port, host: '127.0.0.1', noDelay: true }));
    await once(device.socket, 'connect');
    return device;
  }
  say(...texts: readonly string[]): void {
    for (const text of texts) this.socket.write(text);
  }
  hears(text: string, timeoutMs?: number): Promise<void> {
    return eventually(() => {
      if (!this.received.includes(text)) throw new Error(`heard only ${JSON.stringify(this.received)}`);
    }, timeoutMs);
  }
  isClosed(timeoutMs?: number): Promise<void> {
    return eventually(() => {
      if (!this.closed) throw new Error('still open');
    }, timeoutMs);
  }
}

/** A device that speaks a real protocol, frame by frame. */
export class FrameDevice {
  readonly heard: LooseFrame[] = [];

  private constructor(
    private readonly device: Device,
    private readonly codec: FrameCodec,
    stream: StreamSplitter,
  ) {
    device.socket.on('data', (data) => {
      for (const item of stream.push(data)) {
        const reading = item.type === 'frame' ? codec.decode(item.bytes, 'down') : null;
        if (reading?.ok === true) this.heard.push(reading.frame);
      }
    });
  }
  static async connect(port: number, codec: FrameCodec, stream: StreamSplitter): Promise<FrameDevice> {
    return new FrameDevice(await Device.connect(port), codec, stream);
  }
  isClosed(): Promise<void> {
    return this.device.isClosed();
  }
  write(bytes: Uint8Array | string): void {
    this.device.socket.write(bytes);
  }
  says(physicalId: string, command: string, fields: object, messageId: number): void {
    this.write(
      this.codec.encode({ physicalId, messageId, command, direction: 'up', fields: fields as LooseFrame['fields'] }),
    );
  }
  hears(command: string, physicalId?: string): Promise<LooseFrame> {
    return eventually(() => {
      const frame = this.heard.find(
        (one) => one.command === command && (physicalId === undefined || one.physicalId === physicalId),
      );
      if (frame === undefined) throw new Error(`heard ${JSON.stringify(this.heard)}`);
      return frame;
    });
  }
}
const NO_CREDENTIALS: DeviceAdmission = {
  enabled: true,
  subprotocols: null,
  securityProfile: 0,
  nextSecurityProfile: null,
  passwordHash: null,
  passwordUntil: null,
  nextPasswordHash: null,
  certificateCn: null,
  answersPings: true,
  accepted: true,
  heartbeatIntervalS: null,
};

/** The other apps' end of the bus. */
export class Outside {
  private constructor(readonly bus: Bus) {}

  static async connect(url: string): Promise<Outside> {
    const bus = await Bus.connect({ url, app: 'outside', logger: createLogger('outside', 'silent') });
    running.push(() => bus.close());
    return new Outside(bus);
  }
  /** Answers as the registry: by default every identity is a device without credentials. Returns how often it was asked. */
  admits(overrides: Readonly<Record<string, Partial<DeviceAdmission> | null>> = {}): { readonly questions: number } {
    const asked = { questions: 0 };
    this.bus.answer(AdmitDevices, ({ knocks }) => {
      asked.questions++;
      const admissions = knocks.map(({ deviceId }) => {
        const override = overrides[deviceId];
        return override === null ? null : { ...NO_CREDENTIALS, ...override };
      });
      return Promise.resolve({ admissions });
    });
    return asked;
  }
  /** Notes which devices used new credentials. */
  hearsOfCredentials(): readonly RequestOf<typeof ConfirmCredentials>[] {
    const heard: RequestOf<typeof ConfirmCredentials>[] = [];
    this.bus.answer(ConfirmCredentials, (request) => {
      heard.push(request);
      return Promise.resolve({});
    });
    return heard;
  }
  /** Every fact on the stream, in the order of its partition. */
  async facts(): Promise<ProtocolEvent[]> {
    const { state } = await this.bus.manager.streams.info(DEVICE_STREAM);
    const facts: ProtocolEvent[] = [];
    for (let seq = Math.max(1, state.first_seq); seq <= state.last_seq; seq++) {
      const message = await this.bus.manager.streams.getMessage(DEVICE_STREAM, { seq });
      if (message !== null) facts.push(...ProtocolEventBatch.parse(message.json()).facts);
    }
    return facts;
  }
  /** Gives an order as `command` does; the stages that come back are read once all are there. */
  async orders(
    deviceId: string,
    command: DeviceCommand,
    stages = 2,
  ): Promise<{ readonly stages: () => Promise<unknown[]> }> {
    const request = {
      commandId: CommandId.parse(randomUUID()),
      deviceId: DeviceId.parse(deviceId),
      command,
      sendBefore: toInstant(Date.now() + 10_000),
      reissued: false,
    };
    const replies = await this.bus.nc.requestMany(downSubject(deviceId), JSON.stringify(request), {
      strategy: 'count',
      maxMessages: stages,
      maxWait: 10_000,
    });
    return {
      stages: async () => {
        const heard: unknown[] = [];
        for await (const message of replies) heard.push(message.json());
        return heard;
      },
    };
  }
  async factsOf(deviceId: string): Promise<ProtocolEvent[]> {
    return (await this.facts()).filter((fact) => fact.deviceId === deviceId);
  }
  /** Waits until the device's facts are of exactly these types; `lines` marks a frame of the fake protocol by its text. */
  async seesFacts(deviceId: string, expected: readonly string[], timeoutMs?: number): Promise<void> {
    await eventually(async () => {
      expect((await this.factsOf(deviceId)).map(summary)).toEqual(expected);
    }, timeoutMs);
  }
}

/** A charge for a time, as the session app orders it. */
export const timedStart = (
  portNo: number,
  orderRef: OrderRef,
  durationLimitS: number,
  balanceFen: number | null = null,
): DeviceCommand => ({
  kind: 'charge.start',
  portNo,
  orderRef,
  durationLimitS,
  energyLimitWh: null,
  powerLimitW: null,
  primaryLimit: 'duration',
  stopWhenFull: false,
  maxDurationS: null,
  balanceFen,
});

function summary(fact: ProtocolEvent): string {
  if (fact.type === 'device.disconnected') return `${fact.type} ${fact.reason}`;
  if (fact.type !== 'device.heartbeat') return fact.type;
  return `${String(fact.attributes.word)} ${String(fact.attributes.text)}`.trim();
}
