import type { Bus } from '@chargebus/messaging';
import {
  AdoptDevice,
  AuthoriseCard,
  GetChargeStatus,
  GetDevice,
  GetDeviceRealtime,
  ListDevices,
  ListQuarantined,
  ListSessions,
  RegisterDevice,
  StartCharge,
  StopCharge,
} from '@chargebus/requests';
import type { CardService } from './devices/card.service';
import type { DeviceService } from './devices/device.service';
import type { ChargeService } from './sessions/charge.service';

/** Every question that this app answers. */
export function answerAll(bus: Bus, charges: ChargeService, devices: DeviceService, cards: CardService): void {
  bus.answer(StartCharge, (request) => charges.start(request));
  bus.answer(StopCharge, (request) => charges.stop(request));
  bus.answer(GetChargeStatus, (request) => charges.status(request));
  bus.answer(ListSessions, (request) => charges.list(request));
  bus.answer(ListDevices, (request) => devices.list(request));
  bus.answer(GetDevice, (request) => devices.get(request));
  bus.answer(GetDeviceRealtime, (request) => devices.realtime(request));
  bus.answer(RegisterDevice, (request) => devices.register(request));
  bus.answer(ListQuarantined, (request) => devices.listQuarantined(request));
  bus.answer(AdoptDevice, (request) => devices.adopt(request));
  bus.answer(AuthoriseCard, (request) => cards.authorise(request));
}
