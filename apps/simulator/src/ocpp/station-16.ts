import type { EndCause, OutletCharge } from '../core/outlets';
import { OcppStation } from './ocpp-station';
import type { Answer, Payload } from './rpc';
import { STOP_REASONS } from './terms';
import type { OcppTerms } from './terms';

const REMOTE_START = 0; // 1.6 has no number for it
const CONFIGURATION: Readonly<Record<string, string>> = {
  HeartbeatInterval: '300',
  MeterValueSampleInterval: '60',
  NumberOfConnectors: '2',
  GetConfigurationMaxKeys: '50',
  SupportedFeatureProfiles: 'Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger',
  ChargingScheduleAllowedChargingRateUnit: 'Current,Power',
};

/** A charge whose id the platform gives: it is known when the start was answered. */
interface Transaction {
  id: number | null;
}

/** An OCPP 1.6J station. */
export class Station16 extends OcppStation {
  private readonly transactions = new Map<OutletCharge<OcppTerms>, Transaction>();
  private readonly configuration = new Map(Object.entries(CONFIGURATION));
  private localListVersion = 0;

  protected sayBoot(): void {
    const station = {
      chargePointVendor: 'Chargebus',
      chargePointModel: 'Virtual-16',
      chargePointSerialNumber: this.deviceId,
      firmwareVersion: this.firmwareVersion,
    };
    this.ask('BootNotification', station, (answer) => {
      this.booted(answer);
    });
  }
  protected sayStatus(portNo: number): void {
    this.ask('StatusNotification', {
      connectorId: portNo,
      errorCode: this.outlets.faultOf(portNo) === null ? 'NoError' : 'InternalError',
      status: STATUSES[this.outlets.stateOf(portNo)] ?? 'Unavailable',
      timestamp: this.now(),
    });
  }
  protected authorise(idTag: string, decided: (accepted: boolean) => void): void {
    this.ask('Authorize', { idTag }, ({ idTagInfo }) => {
      decided(isAccepted(idTagInfo));
    });
  }

  protected begun(charge: OutletCharge<OcppTerms>, meterStart: number): void {
    const transaction: Transaction = { id: null };
    this.transactions.set(charge, transaction);
    const { portNo: connectorId, terms } = charge;
    const start = { connectorId, idTag: terms.idTag, meterStart, timestamp: this.now() };
    this.tell(
      'StartTransaction',
      () => start,
      ({ transactionId, idTagInfo }) => {
        transaction.id = Number(transactionId);
        if (!isAccepted(idTagInfo)) this.outlets.stop(connectorId, 'refused');
      },
    );
  }
  protected meter(charge: OutletCharge<OcppTerms>): void {
    const { portNo: connectorId } = charge;
    const reading = this.outlets.reading(charge);
    const transaction = this.transactions.get(charge);
    const sampled = [
      { value: String(this.registerOf(connectorId, reading)), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
      { value: String(reading.powerW), measurand: 'Power.Active.Import', unit: 'W' },
      { value: '230.0', measurand: 'Voltage', unit: 'V' },
    ].map((one) => ({ ...one, context: 'Sample.Periodic' }));
    const meterValue = [{ timestamp: this.now(), sampledValue: sampled }];
    const idOf = (): Payload => (transaction?.id == null ? {} : { transactionId: transaction.id });
    this.tell('MeterValues', () => ({ connectorId, ...idOf(), meterValue }));
    this.reported(charge);
  }
  protected finished(charge: OutletCharge<OcppTerms>, meterStop: number, cause: EndCause): void {
    const transaction = this.transactions.get(charge);
    const stop = {
      idTag: charge.terms.idTag,
      meterStop,
      timestamp: this.now(),
      reason: cause === 'full' ? 'Other' : STOP_REASONS[cause],
    };
    const say = (): void => {
      const payload = (): Payload => ({ ...stop, transactionId: transaction?.id ?? -1 });
      this.tell('StopTransaction', payload, () => {
        this.transactions.delete(charge);
        this.settled(charge, say);
      });
    };
    say();
  }

  protected handle(action: string, payload: Payload): Answer | null {
    switch (action) {
      case 'RemoteStartTransaction': {
        const { connectorId, idTag } = payload;
        const portNo = connectorId === undefined ? this.freePort() : Number(connectorId);
        return status(this.startOrdered(portNo, String(idTag), REMOTE_START));
      }
      case 'RemoteStopTransaction': {
        const found = [...this.transactions].find(([, { id }]) => id === payload.transactionId);
        return status(this.stopOrdered(found?.[0]));
      }
      case 'GetConfiguration':
        return this.configurationOf(payload.key as readonly string[] | undefined);
      case 'ChangeConfiguration':
        if (!this.configuration.has(String(payload.key))) return { status: 'NotSupported' };
        this.configuration.set(String(payload.key), String(payload.value));
        return { status: 'Accepted' };
      case 'Reset':
        this.reboot();
        return { status: 'Accepted' };
      case 'TriggerMessage':
        return status(this.trigger(String(payload.requestedMessage), payload.connectorId as number | undefined));
      case 'UpdateFirmware':
        this.upgrade(String(payload.location));
        return {};
      case 'GetDiagnostics':
        this.bringLog(String(payload.location), `${this.deviceId}.log`);
        return { fileName: `${this.deviceId}.log` };
      case 'UnlockConnector':
        return { status: 'Unlocked' };
      case 'GetLocalListVersion':
        return { listVersion: this.localListVersion };
      case 'SendLocalList':
        this.localListVersion = Number(payload.listVersion);
        return { status: 'Accepted' };
      case 'ChangeAvailability':
      case 'ClearCache':
      case 'ReserveNow':
      case 'CancelReservation':
      case 'SetChargingProfile':
      case 'ClearChargingProfile':
        return { status: 'Accepted' };
      case 'GetCompositeSchedule':
        return { status: 'Rejected' };
      case 'DataTransfer':
        return { status: 'UnknownVendorId' };
      default:
        return null;
    }
  }
  protected sayLog(state: string): void {
    this.ask('DiagnosticsStatusNotification', { status: state });
  }
  protected sayFirmware(state: string): void {
    this.ask('FirmwareStatusNotification', { status: state });
  }

  private freePort(): number {
    return this.outlets.portNos.find((no) => this.outlets.chargeOn(no) === null) ?? 1;
  }
  private configurationOf(keys: readonly string[] = [...this.configuration.keys()]): Payload {
    const known = keys.filter((key) => this.configuration.has(key));
    return {
      configurationKey: known.map((key) => ({ key, readonly: false, value: this.configuration.get(key) })),
      unknownKey: keys.filter((key) => !known.includes(key)),
    };
  }
  private trigger(message: string, connectorId?: number): boolean {
    const portNos = connectorId === undefined ? this.outlets.portNos : [connectorId];
    if (message === 'StatusNotification') for (const portNo of portNos) this.sayStatus(portNo);
    else if (message === 'MeterValues')
      for (const charge of this.outlets.charges) {
        if (portNos.includes(charge.portNo)) this.meter(charge);
      }
    else if (message === 'Heartbeat') this.heartbeat();
    else if (message === 'BootNotification') this.sayBoot();
    else return false;
    return true;
  }
  /** Messages about transactions wait for the connection, in their order. */
  private tell(action: string, payload: () => Payload, onResult: (result: Payload) => void = () => undefined): void {
    this.context.statistics.requests += 1;
    this.rpc.call({ action, payload, durable: true, onResult });
  }
}
const STATUSES: Readonly<Record<string, string>> = {
  idle: 'Available',
  plugged: 'Preparing',
  charging: 'Charging',
  finished: 'Finishing',
  fault: 'Faulted',
};
const status = (accepted: boolean): Payload => ({ status: accepted ? 'Accepted' : 'Rejected' });
const isAccepted = (info: unknown): boolean => (info as { status?: string } | undefined)?.status === 'Accepted';
