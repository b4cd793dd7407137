import type { EndCause, OutletCharge } from '../core/outlets';
import { OcppStation } from './ocpp-station';
import type { Answer, Payload } from './rpc';
import { STOP_REASONS } from './terms';
import type { OcppTerms } from './terms';

interface Transaction {
  readonly id: string; // made by the station
  seqNo: number;
}
interface VariableName {
  readonly component: { readonly name: string };
  readonly variable: { readonly name: string };
}
const VARIABLES: Readonly<Record<string, string>> = {
  'OCPPCommCtrlr.HeartbeatInterval': '300',
  'SampledDataCtrlr.TxUpdatedInterval': '60',
  'SmartChargingCtrlr.RateUnit': 'A,W',
};

/** An OCPP 2.0.1 station. */
export class Station201 extends OcppStation {
  private readonly transactions = new Map<OutletCharge<OcppTerms>, Transaction>();
  private readonly variables = new Map(Object.entries(VARIABLES));
  private bootReason = 'PowerUp';

  protected sayBoot(): void {
    const { firmwareVersion, deviceId: serialNumber, bootReason: reason } = this;
    const chargingStation = { vendorName: 'Chargebus', model: 'Virtual-201', serialNumber, firmwareVersion };
    this.ask('BootNotification', { reason, chargingStation }, (answer) => {
      this.booted(answer);
    });
  }
  protected sayStatus(portNo: number): void {
    const state = this.outlets.stateOf(portNo);
    const connectorStatus = state === 'idle' ? 'Available' : state === 'fault' ? 'Faulted' : 'Occupied';
    this.ask('StatusNotification', { timestamp: this.now(), connectorStatus, evseId: portNo, connectorId: 1 });
  }
  protected authorise(idTag: string, decided: (accepted: boolean) => void): void {
    this.ask('Authorize', { idToken: tokenOf(idTag) }, ({ idTokenInfo }) => {
      decided(isAccepted(idTokenInfo));
    });
  }

  protected begun(charge: OutletCharge<OcppTerms>, meterStartWh: number): void {
    const { random } = this.context;
    const id = `${this.deviceId}-${random.integer(0, 0xffff_ffff).toString(16)}`.slice(-36);
    this.transactions.set(charge, { id, seqNo: 0 });
    const { trigger, idTag, remoteStartId } = charge.terms;
    const info = remoteStartId === null ? {} : { remoteStartId };
    const event = this.eventOf(charge, 'Started', trigger, info, meterStartWh);
    this.tell({ ...event, idToken: tokenOf(idTag) }, ({ idTokenInfo }) => {
      if (idTokenInfo !== undefined && !isAccepted(idTokenInfo)) this.outlets.stop(charge.portNo, 'refused');
    });
  }
  protected meter(charge: OutletCharge<OcppTerms>): void {
    const reading = this.outlets.reading(charge);
    const registerWh = this.registerOf(charge.portNo, reading);
    const info = { chargingState: 'Charging' };
    this.tell(this.eventOf(charge, 'Updated', 'MeterValuePeriodic', info, registerWh, reading.powerW));
    this.reported(charge);
  }
  protected finished(charge: OutletCharge<OcppTerms>, meterStopWh: number, cause: EndCause): void {
    const info = { stoppedReason: cause === 'full' ? 'StoppedByEV' : STOP_REASONS[cause] };
    const event = this.eventOf(charge, 'Ended', ENDED_BY[cause] ?? 'ChargingStateChanged', info, meterStopWh);
    const say = (): void => {
      this.tell(event, () => {
        this.transactions.delete(charge);
        this.settled(charge, say);
      });
    };
    say();
  }

  protected handle(action: string, payload: Payload): Answer | null {
    switch (action) {
      case 'RequestStartTransaction': {
        const { evseId, idToken, remoteStartId } = payload;
        const portNo = evseId === undefined ? 1 : Number(evseId);
        const idTag = (idToken as { readonly idToken: string }).idToken;
        return status(this.startOrdered(portNo, idTag, Number(remoteStartId)));
      }
      case 'RequestStopTransaction': {
        const found = [...this.transactions].find(([, { id }]) => id === payload.transactionId);
        return status(this.stopOrdered(found?.[0]));
      }
      case 'GetVariables':
        return { getVariableResult: (payload.getVariableData as VariableName[]).map((one) => this.readVariable(one)) };
      case 'SetVariables':
        return {
          setVariableResult: (payload.setVariableData as (VariableName & { attributeValue: string })[]).map((one) =>
            this.writeVariable(one),
          ),
        };
      case 'GetBaseReport':
        this.context.clock.after(0, () => {
          this.sayReport(Number(payload.requestId));
        });
        return { status: 'Accepted' };
      case 'Reset':
        this.bootReason = 'RemoteReset';
        this.reboot();
        return { status: 'Accepted' };
      case 'TriggerMessage':
        return status(
          this.trigger(String(payload.requestedMessage), payload.evse as { readonly id: number } | undefined),
        );
      case 'UpdateFirmware':
        this.firmwareRequest = Number(payload.requestId);
        this.upgrade((payload.firmware as { readonly location: string }).location);
        return { status: 'Accepted' };
      case 'GetLog':
        this.logRequest = Number(payload.requestId);
        this.bringLog((payload.log as { readonly remoteLocation: string }).remoteLocation, `${this.deviceId}.log`);
        return { status: 'Accepted', filename: `${this.deviceId}.log` };
      case 'UnlockConnector':
        return { status: 'Unlocked' };
      case 'GetTransactionStatus':
        return { messagesInQueue: this.rpc.waiting > 0 };
      case 'GetLocalListVersion':
        return { versionNumber: 0 };
      case 'ChangeAvailability':
      case 'ClearCache':
      case 'ReserveNow':
      case 'CancelReservation':
      case 'SendLocalList':
      case 'SetChargingProfile':
      case 'ClearChargingProfile':
      case 'SetDisplayMessage':
        return { status: 'Accepted' };
      case 'DataTransfer':
        return { status: 'UnknownVendorId' };
      default:
        return null;
    }
  }
  private logRequest = 0;
  protected sayLog(state: 'Uploading' | 'Uploaded' | 'UploadFailed'): void {
    const status = state === 'UploadFailed' ? 'UploadFailure' : state;
    this.ask('LogStatusNotification', { status, requestId: this.logRequest });
  }
  private firmwareRequest = 0;
  protected sayFirmware(state: string): void {
    this.ask('FirmwareStatusNotification', { status: state, requestId: this.firmwareRequest });
  }

  private readVariable({ component, variable }: VariableName): Payload {
    const value = this.variables.get(`${component.name}.${variable.name}`);
    return value === undefined
      ? { component, variable, attributeStatus: 'UnknownVariable' }
      : { component, variable, attributeStatus: 'Accepted', attributeValue: value };
  }
  private writeVariable({
    component,
    variable,
    attributeValue,
  }: VariableName & { readonly attributeValue: string }): Payload {
    const name = `${component.name}.${variable.name}`;
    const isKnown = this.variables.has(name);
    if (isKnown) this.variables.set(name, attributeValue);
    return { component, variable, attributeStatus: isKnown ? 'Accepted' : 'UnknownVariable' };
  }
  private sayReport(requestId: number): void {
    const reportData = [...this.variables].map(([name, value]) => {
      const [component = '', variable = ''] = name.split('.');
      return {
        component: { name: component },
        variable: { name: variable },
        variableAttribute: [{ value }],
      };
    });
    this.ask('NotifyReport', { requestId, generatedAt: this.now(), seqNo: 0, tbc: false, reportData });
  }
  private trigger(message: string, evse?: { readonly id: number }): boolean {
    const portNos = evse === undefined ? this.outlets.portNos : [evse.id];
    if (message === 'StatusNotification') for (const portNo of portNos) this.sayStatus(portNo);
    else if (message === 'TransactionEvent' || message === 'MeterValues')
      for (const charge of this.outlets.charges) {
        if (portNos.includes(charge.portNo)) this.meter(charge);
      }
    else if (message === 'Heartbeat') this.heartbeat();
    else if (message === 'BootNotification') {
      this.bootReason = 'Triggered';
      this.sayBoot();
    } else return false;
    return true;
  }

  /** The next step of a transaction. */
  private eventOf(
    charge: OutletCharge<OcppTerms>,
    eventType: keyof typeof CONTEXTS,
    triggerReason: string,
    info: Payload,
    registerWh: number,
    powerW?: number,
  ): Payload {
    const transaction = this.transactions.get(charge);
    if (transaction === undefined) throw new Error(`no transaction on EVSE ${charge.portNo}`);
    const timestamp = this.now();
    const context = CONTEXTS[eventType];
    const sampledValue = [{ value: registerWh, measurand: 'Energy.Active.Import.Register', context }];
    if (powerW !== undefined) sampledValue.push({ value: powerW, measurand: 'Power.Active.Import', context });
    return {
      eventType,
      timestamp,
      triggerReason,
      seqNo: transaction.seqNo++,
      transactionInfo: { transactionId: transaction.id, ...info },
      evse: { id: charge.portNo, connectorId: 1 },
      meterValue: [{ timestamp, sampledValue }],
      ...(this.registered ? {} : { offline: true }),
    };
  }
  /** It waits for the connection, in its order. */
  private tell(event: Payload, onResult: (result: Payload) => void = () => undefined): void {
    this.context.statistics.requests += 1;
    this.rpc.call({ action: 'TransactionEvent', payload: () => event, durable: true, onResult });
  }
}
const CONTEXTS = { Started: 'Transaction.Begin', Updated: 'Sample.Periodic', Ended: 'Transaction.End' } as const;
const ENDED_BY: Readonly<Partial<Record<EndCause, string>>> = {
  ordered: 'RemoteStop',
  unplugged: 'EVCommunicationLost',
  refused: 'Deauthorized',
};
const tokenOf = (idToken: string): Payload => ({ idToken, type: idToken.length <= 20 ? 'ISO14443' : 'Central' });
const status = (accepted: boolean): Payload => ({ status: accepted ? 'Accepted' : 'Rejected' });
const isAccepted = (info: unknown): boolean => (info as { status?: string } | undefined)?.status === 'Accepted';
