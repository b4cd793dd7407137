import { tellRegisterChanged } from '@chargebus/messaging';
import type { Bus } from '@chargebus/messaging';
import {
  AdmitDevices,
  AdoptDevice,
  AnnounceDeviceEvent,
  AuthoriseCard,
  ChangeGroupMembers,
  ConfirmCredentials,
  CountFrames,
  CountSamples,
  DeleteDevice,
  DeleteDeviceGroup,
  DeleteRegion,
  DeleteStation,
  DeleteToken,
  DeliverCredentials,
  FindDevice,
  GetChargeStatus,
  GetCredentials,
  GetDevice,
  GetDeviceGroup,
  GetDeviceRealtime,
  GetDeviceSettings,
  GetDeviceStatuses,
  GetFrameStatistics,
  GetOrganization,
  GetRegion,
  GetArchive,
  GetRetention,
  GetSampleBuckets,
  GetSockets,
  GetStation,
  GetToken,
  ImportDevices,
  ListAlarms,
  ListDeviceGroups,
  ListArchives,
  ListDevices,
  ListQuarantined,
  ListRegions,
  ListSamples,
  ListSessions,
  ListStations,
  ListTokens,
  PutRetention,
  PutSockets,
  PutToken,
  RaiseDeviceAlarm,
  ReadRegister,
  RegisterDevice,
  SaveDeviceGroup,
  SaveRegion,
  SaveStation,
  SelectDevices,
  SetCredentials,
  SetDeviceSettings,
  SetMaintenance,
  SignCertificate,
  StartCharge,
  StopCharge,
  SummariseDevices,
  UpdateDevice,
} from '@chargebus/requests';
import type { ReplyOf, RequestDefinition, RequestOf } from '@chargebus/requests';
import type { CertificateService } from './certificates/certificate.service';
import type { AdmissionService } from './credentials/admission.service';
import type { CredentialService } from './credentials/credential.service';
import type { DeviceImporter } from './devices/device-importer';
import type { DeviceEditor } from './devices/device-editor';
import type { StatusService } from './devices/status.service';
import type { DeviceService } from './devices/device.service';
import type { FrameStatisticsService } from './frames/frame-statistics.service';
import type { RetentionService } from './history/retention.service';
import type { HistoryService } from './history/history.service';
import type { NetworkService } from './networks/network.service';
import type { OrganizationService } from './organization/organization.service';
import type { TreeService } from './organization/tree.service';
import type { SettingsService } from './settings/settings.service';
import type { ChargeService } from './sessions/charge.service';
import type { AuthorisationService } from './tokens/authorisation.service';
import type { TokenService } from './tokens/token.service';

/** Answers what may change which devices a filter means: who remembers that is told. */
function answerChange<D extends RequestDefinition>(
  bus: Bus,
  definition: D,
  change: (request: RequestOf<D>) => Promise<ReplyOf<D>>,
): void {
  bus.answer(definition, async (request) => {
    const reply = await change(request);
    tellRegisterChanged(bus);
    return reply;
  });
}

/** What is asked of the registry and of charges. */
export function answerAll(bus: Bus, charges: ChargeService, devices: DeviceService, networks: NetworkService): void {
  bus.answer(StartCharge, (request) => charges.start(request));
  bus.answer(StopCharge, (request) => charges.stop(request));
  bus.answer(GetChargeStatus, (request) => charges.status(request));
  bus.answer(ListSessions, (request) => charges.list(request));
  bus.answer(ListDevices, (request) => devices.list(request));
  bus.answer(SelectDevices, (request) => devices.select(request));
  bus.answer(FindDevice, (request) => devices.find(request));
  bus.answer(GetDevice, (request) => devices.get(request));
  bus.answer(GetDeviceRealtime, (request) => devices.realtime(request));
  answerChange(bus, RegisterDevice, (request) => devices.register(request));
  bus.answer(ListQuarantined, (request) => devices.listQuarantined(request));
  answerChange(bus, AdoptDevice, (request) => devices.adopt(request));
  bus.answer(GetSockets, (request) => networks.get(request));
  bus.answer(PutSockets, (request) => networks.put(request));
}

/** What other apps set for a device here, and what they have told about it. */
export function answerSettings(bus: Bus, settings: SettingsService): void {
  bus.answer(GetDeviceSettings, (request) => settings.get(request));
  bus.answer(SetDeviceSettings, (request) => settings.set(request));
  bus.answer(AnnounceDeviceEvent, (request) => settings.announce(request));
}

/** What operators do to devices. */
export function answerEdits(bus: Bus, editor: DeviceEditor, importer: DeviceImporter): void {
  answerChange(bus, ImportDevices, (request) => importer.run(request));
  bus.answer(ReadRegister, (request) => importer.rows(request));
  answerChange(bus, UpdateDevice, (request) => editor.update(request));
  answerChange(bus, DeleteDevice, (request) => editor.remove(request));
  bus.answer(SetMaintenance, (request) => editor.setMaintenance(request));
}

/** What gateways count, and who looks at it. */
export function answerFrames(bus: Bus, frames: FrameStatisticsService): void {
  bus.answer(CountFrames, (request) => frames.count(request));
  bus.answer(GetFrameStatistics, (request) => frames.statistics(request));
}

/** What was: for people who look, and for exports. */
export function answerHistory(bus: Bus, history: HistoryService, retention: RetentionService): void {
  bus.answer(GetSampleBuckets, (request) => history.buckets(request));
  bus.answer(ListSamples, (request) => history.list(request));
  bus.answer(ListAlarms, (request) => history.listAlarms(request));
  bus.answer(CountSamples, (request) => history.count(request));
  bus.answer(GetRetention, (request) => retention.policyOf(request.tenantId));
  bus.answer(PutRetention, (request) => retention.put(request));
  bus.answer(ListArchives, (request) => retention.list(request));
  bus.answer(GetArchive, (request) => retention.find(request));
}

/** How devices are. */
export function answerStatuses(bus: Bus, statuses: StatusService): void {
  bus.answer(GetDeviceStatuses, (request) => statuses.many(request));
  bus.answer(SummariseDevices, (request) => statuses.summarise(request));
}

/** Where devices are, and which belong together. */
export function answerOrganization(bus: Bus, organization: OrganizationService, tree: TreeService): void {
  answerChange(bus, SaveRegion, (request) => organization.saveRegion(request));
  bus.answer(GetRegion, (request) => organization.getRegion(request));
  answerChange(bus, DeleteRegion, (request) => organization.deleteRegion(request));
  bus.answer(ListRegions, (request) => organization.listRegions(request));
  answerChange(bus, SaveStation, (request) => organization.saveStation(request));
  bus.answer(GetStation, (request) => organization.getStation(request));
  answerChange(bus, DeleteStation, (request) => organization.deleteStation(request));
  bus.answer(ListStations, (request) => organization.listStations(request));
  answerChange(bus, SaveDeviceGroup, (request) => organization.saveGroup(request));
  bus.answer(GetDeviceGroup, (request) => organization.getGroup(request));
  answerChange(bus, DeleteDeviceGroup, (request) => organization.deleteGroup(request));
  bus.answer(ListDeviceGroups, (request) => organization.listGroups(request));
  answerChange(bus, ChangeGroupMembers, (request) => organization.changeMembers(request));
  bus.answer(GetOrganization, (request) => tree.get(request));
}

/** Who may charge. */
export function answerTokens(bus: Bus, authorisations: AuthorisationService, tokens: TokenService): void {
  bus.answer(AuthoriseCard, (request) => authorisations.authorise(request));
  bus.answer(PutToken, (request) => tokens.put(request));
  bus.answer(GetToken, (request) => tokens.get(request));
  bus.answer(DeleteToken, (request) => tokens.remove(request));
  bus.answer(ListTokens, (request) => tokens.list(request));
}

/** What the WebSocket door of the gateway asks, and what operators set for it. */
export function answerDoor(
  bus: Bus,
  admissions: AdmissionService,
  credentials: CredentialService,
  certificates: CertificateService,
  raise: (alarm: RequestOf<typeof RaiseDeviceAlarm>) => Promise<ReplyOf<typeof RaiseDeviceAlarm>>,
): void {
  bus.answer(AdmitDevices, (request) => admissions.admit(request));
  bus.answer(ConfirmCredentials, (request) => credentials.confirm(request));
  bus.answer(GetCredentials, (request) => credentials.get(request));
  bus.answer(SetCredentials, (request) => credentials.set(request));
  bus.answer(DeliverCredentials, (request) => credentials.deliver(request));
  bus.answer(SignCertificate, (request) => certificates.sign(request));
  bus.answer(RaiseDeviceAlarm, raise);
}
