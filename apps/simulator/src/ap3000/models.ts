/** A kind of AP3000 device as it shows itself on the wire; codes from the protocol page §2, §7.7. */
export interface Model {
  readonly summary: string;
  readonly typeCode: number; // first byte of the physical id
  readonly portCount: number;
  readonly deviceType: number;
  readonly firmwareVersion: number; // 640 = V6.40
  readonly powerBoardVersion: number | null; // null: the registration ends before it
  readonly workMode: number; // bits of §7.8
  /** `current`: registers with 20, beats with 21, reports with 06. `old` (before mid-2019): 01 and 04 instead. */
  readonly generation: 'current' | 'old';
  readonly settlementBytes: 29 | 31 | 35;
  readonly totalPowerW: number; // of all ports together
}

const dual: Model = {
  summary: 'dual socket, firmware 6.40, as captured',
  typeCode: 0x04,
  portCount: 2,
  deviceType: 0x31,
  firmwareVersion: 640,
  powerBoardVersion: null,
  workMode: 0x06,
  generation: 'current',
  settlementBytes: 35,
  totalPowerW: 4000,
};
const pile: Model = {
  ...dual,
  typeCode: 0x05,
  deviceType: 0x29,
  firmwareVersion: 210,
  powerBoardVersion: 103,
  summary: '',
};

export const MODELS = {
  single: { ...dual, summary: 'single socket', typeCode: 0x03, portCount: 1 },
  dual,
  'ten-port': { ...pile, summary: '10-port pile', portCount: 10, totalPowerW: 5500 },
  'twelve-port': {
    ...pile,
    summary: '12-port pile',
    typeCode: 0x07,
    portCount: 12,
    deviceType: 0x30,
    firmwareVersion: 105,
    totalPowerW: 6600,
  },
  'sixteen-port': { ...pile, summary: '16-port pile', typeCode: 0x06, portCount: 16, totalPowerW: 8800 },
  'old-dual': {
    ...dual,
    summary: 'dual socket from before mid-2019: 01 and 04 instead of 20, 21 and 06, short settlements',
    deviceType: 0x02,
    firmwareVersion: 126,
    generation: 'old',
    settlementBytes: 29,
  },
} as const satisfies Record<string, Model>;
export type ModelName = keyof typeof MODELS;
