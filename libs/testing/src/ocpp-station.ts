import type { RPCClient } from 'ocpp-rpc';
import { eventually } from './eventually';

export type Params = Record<string, unknown>;

/**
 * A station on an independent OCPP library, which checks every message of both sides against the official schemas. What
 * it says by name is 2.0.1.
 */
export class OcppStation {
  readonly asked: { readonly action: string; readonly params: Params }[] = [];
  private constructor(readonly client: RPCClient) {}

  static async connect(wsPort: number, identity: string, protocol = 'ocpp2.0.1'): Promise<OcppStation> {
    const { RPCClient: Client } = await import('ocpp-rpc'); // few tests need it
    const client = new Client({
      endpoint: `ws://127.0.0.1:${wsPort}/ocpp`,
      identity,
      protocols: [protocol],
      strictMode: true,
      reconnect: false,
    } as ConstructorParameters<typeof RPCClient>[0]);
    const station = new OcppStation(client);
    station.answers('GetVariables', ({ getVariableData }) => ({
      getVariableResult: (getVariableData as Params[]).map((one) => ({ ...one, attributeStatus: 'UnknownVariable' })),
    }));
    await client.connect();
    return station;
  }
  answers(action: string, answer: (params: Params) => Params): void {
    this.client.handle(action, ({ params = {} }) => {
      this.asked.push({ action, params });
      return Promise.resolve(answer(params));
    });
  }
  says(action: string, params: Params): Promise<Params> {
    return this.client.call(action, params) as Promise<Params>;
  }
  boots(): Promise<Params> {
    return this.says('BootNotification', {
      reason: 'PowerUp',
      chargingStation: { vendorName: 'Vendor', model: 'M-22', serialNumber: 'SN-1', firmwareVersion: '1.0' },
    });
  }
  plugs(evseId: number): Promise<Params> {
    const timestamp = new Date().toISOString();
    return this.says('StatusNotification', { timestamp, connectorStatus: 'Occupied', evseId, connectorId: 1 });
  }
  async leaves(): Promise<void> {
    await this.client.close({ code: 1000, reason: '', awaitPending: false, force: true });
  }
  /** A step of a transaction on EVSE 1; `wh`: the register. */
  steps(eventType: string, seqNo: number, transactionInfo: Params, wh: number, rest: Params = {}): Promise<Params> {
    const timestamp = new Date(Date.now() - 10_000 + seqNo * 1000).toISOString();
    return this.says('TransactionEvent', {
      eventType,
      timestamp,
      seqNo,
      triggerReason: 'MeterValuePeriodic',
      transactionInfo,
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp, sampledValue: [{ value: wh, measurand: 'Energy.Active.Import.Register' }] }],
      ...rest,
    });
  }
  wasAsked(action: string): Promise<Params> {
    return eventually(() => {
      const found = this.asked.find((one) => one.action === action);
      if (found === undefined) throw new Error(`asked for ${this.asked.map((one) => one.action).join(' ')}`);
      return found.params;
    });
  }
}
