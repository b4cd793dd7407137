import { toPortNo } from './reports';

type Parameters = Readonly<Record<string, unknown>>;

const FACTORY_PARAMETERS: Parameters = {
  fullChargeDelayS: 1800,
  nullChargeDelayS: 120,
  fullChargePowerW: 5,
  nullChargePowerW: 2,
  tempThresholdC: 85,
  powerLimitW: 1000,
  maxChargeMin: 900,
  tricklePct: 10,
  overCurrentA: 5,
};
const JACKS = [0, 1];

interface Ports {
  add(portNo: number): void;
  chargeOn(portNo: number): unknown; // null: nothing charges
}

/** The sockets that a gateway knows by radio, and what each is set to. */
export class Sockets {
  private readonly numbers = new Set<number>();
  private readonly parameters = new Map<number, Parameters>();

  constructor(private readonly ports: Ports) {}

  get first(): number {
    return [...this.numbers][0] ?? 1;
  }
  has(socketNo: number): boolean {
    return this.numbers.has(socketNo);
  }
  add(socketNo: number): boolean {
    this.numbers.add(socketNo);
    for (const jack of JACKS) this.ports.add(toPortNo({ socketNo, jack }));
    return true;
  }
  /** False: it charges. */
  remove(socketNo: number): boolean {
    return !this.isCharging(socketNo) && this.numbers.delete(socketNo);
  }
  /** False: one that would go charges, so all stays as it is. */
  refresh(socketNos: readonly number[]): boolean {
    const leaving = [...this.numbers].filter((no) => !socketNos.includes(no));
    if (leaving.some((no) => this.isCharging(no))) return false;
    for (const no of leaving) this.numbers.delete(no);
    for (const no of socketNos) this.add(no);
    return true;
  }

  read(socketNo: number): Parameters {
    return this.parameters.get(socketNo) ?? FACTORY_PARAMETERS;
  }
  write(socketNo: number, values: Parameters): void {
    this.parameters.set(socketNo, { ...this.read(socketNo), ...values });
  }

  private isCharging(socketNo: number): boolean {
    return JACKS.some((jack) => this.ports.chargeOn(toPortNo({ socketNo, jack })) !== null);
  }
}
