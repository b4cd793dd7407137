import type { DownCommand, EncodableFields, FieldsOf } from '@chargebus/protocol-ap3000';
import type { ChargeOrder, Goal } from './charge';
import { START_MODE, STOP_REASON } from './charge';
import type { Charger } from './charger';
import type { FirmwareAnswer } from './firmware-receiver';
import type { FirmwareCommand } from './firmware-slot';
import type { Model } from './models';
import { acceptsCard, acceptsLimits, acceptsRun1, acceptsRun2 } from './parameters';
import type { DeviceMemory } from './parameters';
import { decideStart, START_RESULT } from './start-decision';

/** What an order may do with a device. */
export interface OrderTarget {
  readonly charger: Charger;
  readonly memory: DeviceMemory;
  readonly model: Model;
  readonly smoke: boolean;
  readonly voltageV: number;
  announce(): void;
  heartbeatIntervalChanged(): void;
  restart(): void;
  loseMemory(): void;
  receiveFirmware(command: FirmwareCommand, packet: FieldsOf<'down', 'E0'>): FirmwareAnswer;
  upgradeItself(): void;
}

type OrderCommand =
  | '72'
  | `8${'1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | 'A' | 'B' | 'C' | 'D' | 'E' | 'F'}`
  | `9${'0' | '1' | '2' | '3' | '5' | '6' | '7' | '8'}`
  | FirmwareCommand
  | 'E4';
/** Null: this order is never answered. `then` happens once the reply is out. */
type Reply<C extends string> = { readonly fields: EncodableFields<'up', C>; readonly then?: () => void } | null;
type Handlers = {
  readonly [C in OrderCommand & DownCommand]: (device: OrderTarget, fields: FieldsOf<'down', C>) => Reply<C>;
};

export const NO_ORDER = '0'.repeat(32);
const OK = { fields: { result: 0 } } as const;
const FAILED = { fields: { result: 1 } } as const;

/** Stores a block of parameters if the device accepts it. */
function store<K extends 'run1' | 'run2' | 'limits' | 'card'>(
  { memory, charger }: OrderTarget,
  block: K,
  value: DeviceMemory[K],
  accepts: (value: DeviceMemory[K]) => boolean,
): typeof OK | typeof FAILED {
  if (!accepts(value)) return FAILED;
  memory[block] = value;
  charger.replan();
  return OK;
}

const receive =
  (command: FirmwareCommand) =>
  (device: OrderTarget, fields: FieldsOf<'down', 'E0'>): { readonly fields: { result: number; packet: number } } => {
    const { result, packet } = device.receiveFirmware(command, fields);
    return { fields: { result, packet } };
  };

/** Every order to a device, with its effect and its reply (§10). */
const HANDLERS: Handlers = {
  '72': ({ charger }, { port, orderHex }) => {
    const runs = charger.orderOn(port) === orderHex;
    if (runs) charger.stop(port, STOP_REASON.platform);
    return { fields: { result: runs ? 0 : 1, orderHex } };
  },
  '81': (device) => {
    device.announce();
    return null;
  },
  '82': (device, fields) => ({ fields: fields.action === 1 ? start(device, fields) : stop(device, fields) }),
  '83': (device, fields) => {
    const reply = store(device, 'run1', fields, acceptsRun1);
    device.heartbeatIntervalChanged();
    return reply;
  },
  '84': (device, fields) => store(device, 'run2', { ...device.memory.run2, ...fields }, acceptsRun2),
  '85': (device, fields) => store(device, 'limits', { ...device.memory.limits, ...fields }, acceptsLimits),
  '86': (device, fields) => store(device, 'card', fields, acceptsCard),
  '87': (device) => ({
    ...OK,
    then: () => {
      device.restart();
    },
  }),
  '88': (device) => {
    device.loseMemory();
    return OK;
  },
  '89': () => FAILED, // reserved: no device plays segments
  '8A': ({ charger }, { mode, port, quota }) => ({ fields: { result: charger.changeGoal(port, mode, quota) } }),
  '8B': ({ memory }, { address, length }) => {
    const data = memory.read(address, length);
    return { fields: { result: data === null ? 1 : 0, dataHex: Buffer.from(data ?? []).toString('hex') } };
  },
  '8C': ({ memory }, { address, dataHex }) => (memory.write(address, Buffer.from(dataHex, 'hex')) ? OK : FAILED),
  '8D': ({ memory, model }, { workMode }) => {
    memory.workMode = (model.workMode & ~1) | (workMode & 1);
    return OK;
  },
  '8E': ({ memory }, { url }) => {
    memory.qrUrl = url;
    return OK;
  },
  '8F': ({ memory }, { tcMode }) => {
    memory.tariffMode = tcMode;
    return OK;
  },
  '90': ({ memory }) => ({ fields: memory.run1 }),
  '91': ({ memory }) => ({ fields: memory.run2 }),
  '92': ({ memory }) => ({ fields: memory.limits }),
  '93': ({ memory }) => ({ fields: memory.card }),
  '95': ({ memory }, { text }) => {
    memory.temporaryQr = text;
    return OK;
  },
  '96': () => OK,
  '97': ({ memory }, { mute }) => {
    memory.muted = mute === 1;
    return OK;
  },
  '98': ({ model }, { function: which, port }) => (which === 0 && port < model.portCount ? OK : FAILED),
  E0: receive('E0'),
  E1: receive('E1'),
  E4: (device) => {
    device.upgradeItself();
    return null;
  },
  F8: receive('F8'),
};

/** Undefined: no order that this device knows, so it stays silent. */
export function carryOut(device: OrderTarget, command: string, fields: unknown): Reply<string> | undefined {
  const handlers: Readonly<Record<string, ((device: OrderTarget, fields: never) => Reply<string>) | undefined>> =
    HANDLERS;
  return handlers[command]?.(device, fields as never); // the codec decoded the fields by the same command
}

function start(device: OrderTarget, fields: FieldsOf<'down', '82'>): EncodableFields<'up', '82'> {
  const { charger, smoke, voltageV, memory, model } = device;
  const verdict = decideStart(fields.port, fields.shortCircuitCheck === 2, {
    ports: charger.ports,
    smoke,
    voltageV,
    limits: memory.limits,
    totalPowerW: model.totalPowerW,
  });
  if (verdict.charges) charger.start(verdict.port, orderOf(fields));
  else charger.refused();
  return {
    result: verdict.result,
    orderHex: verdict.result === START_RESULT.sameState ? NO_ORDER : fields.orderHex,
    port: verdict.port,
    waitingPortsMask: verdict.waitingPortsMask ?? 0,
  };
}

/** A stop with another order id finds nothing to stop: result 2, like an idle port. */
function stop({ charger }: OrderTarget, fields: FieldsOf<'down', '82'>): EncodableFields<'up', '82'> {
  const { port, orderHex } = fields;
  const reply = (result: number, echoed: string): EncodableFields<'up', '82'> => ({
    result,
    orderHex: echoed,
    port,
    waitingPortsMask: 0,
  });
  if (port >= charger.ports.length) return reply(START_RESULT.noSuchPort, orderHex);
  if (charger.orderOn(port) !== orderHex) return reply(START_RESULT.sameState, NO_ORDER);
  charger.stop(port, STOP_REASON.platform);
  return reply(START_RESULT.done, orderHex);
}

function orderOf(fields: FieldsOf<'down', '82'>): ChargeOrder {
  return {
    orderHex: fields.orderHex,
    startMode: START_MODE.platform,
    cardOrCodeHex: '00000000',
    goal: goalOf(fields),
    maxChargeS: fields.maxChargeS ?? 0,
    overloadPowerW: fields.overloadPowerW ?? 0,
    longCharge: fields.longCharge === 1,
    extraFloatS: fields.extraFloatS ?? 0,
    ignoreUnplug: fields.ignoreUnplug === 1,
  };
}

function goalOf({ rateMode, quota, forceFullStop }: FieldsOf<'down', '82'>): Goal {
  const stopWhenFull = forceFullStop === 1;
  if (quota === 0) return { kind: 'full' };
  if (rateMode === 0) return { kind: 'time', seconds: quota, stopWhenFull };
  return rateMode === 2 ? { kind: 'energy', energyRaw: quota, stopWhenFull } : { kind: 'full' };
}
