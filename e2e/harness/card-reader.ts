import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { ap3000Codec, Ap3000Stream } from '@chargebus/protocol-ap3000';
import { bkvCodec, BkvStream } from '@chargebus/protocol-bkv';
import type { FrameCodec, LooseFrame, StreamSplitter } from '@chargebus/protocol-core';
import { ykcCodec, YkcStream } from '@chargebus/protocol-ykc';
import { eventually } from '@chargebus/testing';

/** How one protocol says hello, asks about a card, and hears whether it may charge. */
interface CardProtocol {
  readonly codec: FrameCodec;
  readonly stream: () => StreamSplitter;
  readonly physicalId: string;
  readonly hello: readonly [command: string, fields: object, answer: string];
  /** The frame in which a card is held to the device. `no` makes the question a new one. */
  readonly swipe: (card: string, no: number) => readonly [command: string, fields: object];
  readonly answer: string;
  /** Null: the answer to another card. */
  readonly accepts: (fields: LooseFrame['fields'], card: string, no: number) => boolean | null;
  /** A card's number as this wire carries it, from eight hex digits. */
  readonly onWire: (card: string) => string;
}

export const CARD_PROTOCOLS: Readonly<Record<string, CardProtocol>> = {
  ap3000: {
    codec: ap3000Codec,
    stream: () => new Ap3000Stream(),
    physicalId: '04AB37C1',
    hello: ['20', { firmwareVersion: 640, portCount: 2, virtualId: 0, deviceType: 33, workMode: 0 }, '20'],
    swipe: (card) => [
      '02',
      { cardId: card.toUpperCase(), cardNumber: parseInt(card, 16), cardType: 0, port: 1, cardBalanceFen: 0 },
    ],
    answer: '02',
    accepts: ({ cardId, accountState }, card) => (cardId === card.toUpperCase() ? accountState === 0 : null),
    onWire: (card) => card.toUpperCase(),
  },
  bkv: {
    codec: bkvCodec,
    stream: () => new BkvStream(),
    physicalId: '82241218000382',
    hello: ['0000', { iccid: '89860850102D41898196', firmware: '200.1.17', rssi: 21 }, '0000'],
    swipe: (card, no) => [
      '0015/0B',
      { socketNo: 1, jack: 0, businessNo: no, status: 0x80, cardNo: `0000${card}`, offlineParams: '00'.repeat(20) },
    ],
    answer: '0015/0B',
    accepts: ({ businessNo, on }, _card, no) => (businessNo === no ? on === true : null),
    onWire: (card) => `0000${card}`,
  },
  ykc: {
    codec: ykcCodec,
    stream: () => new YkcStream(),
    physicalId: '32010600019236',
    hello: [
      '01',
      {
        pileCode: '32010600019236',
        pileType: 0,
        gunCount: 2,
        protocolVersion: 1.6,
        programVersion: 'V4.1.50',
        networkType: 0,
        simIccid: '0'.repeat(20),
        operator: 4,
      },
      '02',
    ],
    swipe: (card) => [
      '31',
      {
        pileCode: '32010600019236',
        gun: 1,
        startMode: 1,
        needPassword: 0,
        account: `00000000${card}`,
        passwordMd5: '',
        vinWire: '',
        vin: '',
      },
    ],
    answer: '32',
    accepts: ({ success }) => success === 1,
    onWire: (card) => `00000000${card}`,
  },
};

/** A device of one of the protocols, with a card reader. */
export class CardReader {
  private readonly heard: LooseFrame[] = [];
  private asked = 0;

  private constructor(
    private readonly socket: Socket,
    private readonly protocol: CardProtocol,
  ) {
    const stream = protocol.stream();
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      for (const item of stream.push(data)) {
        const reading = item.type === 'frame' ? protocol.codec.decode(item.bytes, 'down') : null;
        if (reading?.ok === true) this.heard.push(reading.frame);
      }
    });
  }

  static async connect(port: number, protocol: CardProtocol): Promise<CardReader> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const reader = new CardReader(socket, protocol);
    const [command, fields, answer] = protocol.hello;
    reader.say(command, fields);
    await reader.hears(answer, () => true);
    return reader;
  }

  /** Whether the card that is held to it may charge. */
  hold(card: string): Promise<boolean> {
    const no = ++this.asked;
    const from = this.heard.length;
    this.say(...this.protocol.swipe(card, no));
    return this.hears(this.protocol.answer, (fields) => this.protocol.accepts(fields, card, no), from);
  }

  close(): void {
    this.socket.destroy();
  }

  private say(command: string, fields: object): void {
    const { codec, physicalId } = this.protocol;
    const messageId = ++this.asked + 100;
    this.socket.write(
      codec.encode({ physicalId, messageId, command, direction: 'up', fields: fields as LooseFrame['fields'] }),
    );
  }

  private hears(command: string, read: (fields: LooseFrame['fields']) => boolean | null, from = 0): Promise<boolean> {
    return eventually(() => {
      for (const frame of this.heard.slice(from)) {
        const verdict = frame.command === command ? read(frame.fields) : null;
        if (verdict !== null) return verdict;
      }
      throw new Error(`no ${command} in ${JSON.stringify(this.heard)}`);
    }, 15_000);
  }
}
