import { Ap3000Stream, decodeFrame, encodeFrame } from '@chargebus/protocol-ap3000';
import type { Ap3000Frame, DownCommand, EncodableFields, FieldsOf, UpCommand } from '@chargebus/protocol-ap3000';

export interface Received extends Ap3000Frame {
  readonly bytes: Uint8Array;
}

type Answer = (frame: Ap3000Frame) => Readonly<Record<string, unknown>>;

/** What devices must have answered (protocol page §8), and with what. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  '02': ({ fields }) => ({
    cardId: fields.cardId,
    accountState: 0,
    rateMode: 0,
    balanceOrExpiry: 5000,
    port: fields.port,
  }),
  '03': () => ({ result: 0 }),
  '04': ({ fields }) => ({ port: fields.port, result: 0 }),
  '12': () => ({ timestamp: 1_750_000_000 }),
  '20': () => ({ result: 0 }),
  '21': () => ({ result: 0 }),
  '22': () => ({ timestamp: 1_750_000_000 }),
};

/** The other end of one connection: decodes strictly, answers what must be answered, keeps everything. */
export class FakePlatform {
  readonly frames: Received[] = [];
  readonly tokens: string[] = [];
  /** Commands that stay unanswered. */
  readonly silentOn = new Set<string>();
  readonly answers: Record<string, Answer | undefined> = { ...ANSWERS };
  readonly stream = new Ap3000Stream();
  undecodable = 0;
  private messageId = 0x1000;

  constructor(private readonly write: (bytes: Uint8Array) => void) {}

  receive(chunk: Uint8Array): void {
    for (const item of this.stream.push(chunk)) {
      if (item.type === 'frame') this.receiveFrame(Uint8Array.from(item.bytes));
      else this.tokens.push(item.type === 'iccid' ? item.value : item.type);
    }
  }

  /** Sends an order; returns its message id. */
  order<C extends DownCommand>(
    physicalId: string,
    command: C,
    fields: EncodableFields<'down', C>,
    messageId = (this.messageId += 1),
  ): number {
    this.write(encodeFrame({ physicalId, messageId, command, direction: 'down', fields }));
    return messageId;
  }

  /** Decoded payloads of one command, in order of arrival. */
  of<C extends UpCommand>(command: C, physicalId?: string): FieldsOf<'up', C>[] {
    return this.framesOf(command, physicalId).map(({ fields }) => fields as FieldsOf<'up', C>);
  }

  framesOf(command: string, physicalId?: string): Received[] {
    return this.frames.filter(
      (frame) => frame.command === command && (physicalId === undefined || frame.physicalId === physicalId),
    );
  }

  last<C extends UpCommand>(command: C): FieldsOf<'up', C> {
    const fields = this.of(command).at(-1);
    if (fields === undefined) throw new Error(`no ${command} arrived`);
    return fields;
  }

  private receiveFrame(bytes: Uint8Array): void {
    const decoded = decodeFrame(bytes, 'up');
    if (!decoded.ok) {
      this.undecodable += 1;
      return;
    }
    const { frame } = decoded;
    this.frames.push({ ...frame, bytes });
    const answer = this.silentOn.has(frame.command) ? undefined : this.answers[frame.command];
    if (answer === undefined) return;
    const { physicalId, messageId, command } = frame;
    this.write(encodeFrame({ physicalId, messageId, command, direction: 'down', fields: answer(frame) }));
  }
}

/** An 82 with the complete layout; what is not given is off. */
export function startOrder(
  fields: Partial<EncodableFields<'down', '82'>> & { readonly orderHex: string },
): EncodableFields<'down', '82'> {
  return {
    rateMode: 0,
    balanceOrExpiry: 0,
    port: 0,
    action: 1,
    quota: 0,
    maxChargeS: 0,
    overloadPowerW: 0,
    qrLight: 0,
    longCharge: 0,
    extraFloatS: 0,
    shortCircuitCheck: 2,
    ignoreUnplug: 0,
    forceFullStop: 0,
    fullPowerW: 0,
    fullPowerMaxMin: 0,
    ...fields,
  };
}
export const orderHexOf = (number: number): string => number.toString(16).padStart(32, '0');
