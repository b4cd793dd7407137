import type { Bus } from '@chargebus/messaging';
import {
  AddFirmware,
  BeginLogUpload,
  CancelUpgrade,
  DeleteFirmware,
  FinishLogUpload,
  GetFirmware,
  GetLogUpload,
  GetUpgrade,
  LinkFirmware,
  ListFirmware,
  ListLogUploads,
  ListUpgrades,
  RequestLogUpload,
  RollBackUpgrade,
  StartUpgrade,
} from '@chargebus/requests';
import type { LogUploadService } from '../logs/log-upload.service';
import type { LibraryService } from './library.service';
import type { UpgradeService } from './upgrade.service';

/** What other apps may ask about firmware and logs. */
export function answerFirmware(
  bus: Bus,
  library: LibraryService,
  upgrades: UpgradeService,
  logs: LogUploadService,
): void {
  bus.answer(AddFirmware, (request) => library.add(request));
  bus.answer(ListFirmware, (request) => library.list(request));
  bus.answer(GetFirmware, (request) => library.get(request));
  bus.answer(DeleteFirmware, (request) => library.remove(request));
  bus.answer(LinkFirmware, (request) => library.link(request));
  bus.answer(StartUpgrade, (request) => upgrades.start(request));
  bus.answer(ListUpgrades, (request) => upgrades.list(request));
  bus.answer(GetUpgrade, (request) => upgrades.get(request));
  bus.answer(CancelUpgrade, (request) => upgrades.cancel(request));
  bus.answer(RollBackUpgrade, (request) => upgrades.rollBack(request));
  bus.answer(RequestLogUpload, (request) => logs.request(request));
  bus.answer(ListLogUploads, (request) => logs.list(request));
  bus.answer(GetLogUpload, (request) => logs.get(request));
  bus.answer(BeginLogUpload, (request) => logs.begin(request));
  bus.answer(FinishLogUpload, (request) => logs.finish(request));
}
