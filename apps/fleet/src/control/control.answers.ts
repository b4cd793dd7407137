import type { Bus } from '@chargebus/messaging';
import type { ControlRecord, DiagnosisRecord } from '@chargebus/persistence/fleet';
import {
  CancelControl,
  ControlDevice,
  DiagnoseDevice,
  GetControl,
  GetDiagnosis,
  ListControls,
  ListDiagnoses,
} from '@chargebus/requests';
import type { DiagnosisService } from '../diagnosis/diagnosis.service';
import type { LeaseWorker } from '../lease-worker';
import type { ControlService } from './control.service';

export class ControlWorker {
  constructor(readonly worker: LeaseWorker<ControlRecord>) {}
}
export class DiagnosisWorker {
  constructor(readonly worker: LeaseWorker<DiagnosisRecord>) {}
}

/** What is asked about actions on devices, and about how devices are. What is accepted is begun with here, at once. */
export class ControlAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly controls: ControlService,
    private readonly control: ControlWorker,
    private readonly diagnoses: DiagnosisService,
    private readonly diagnosis: DiagnosisWorker,
  ) {}

  start(): void {
    const { bus, controls, diagnoses } = this;
    bus.answer(ControlDevice, async (request) => {
      const accepted = await controls.accept(request);
      return controls.settled(accepted, this.control.worker.begin(accepted.controlId), request.waitMs);
    });
    bus.answer(GetControl, (request) => controls.get(request));
    bus.answer(ListControls, (request) => controls.list(request));
    bus.answer(CancelControl, (request) => controls.cancel(request));
    bus.answer(DiagnoseDevice, async (request) => {
      const accepted = await diagnoses.accept(request);
      return diagnoses.settled(accepted, this.diagnosis.worker.begin(accepted.diagnosisId), request.waitMs);
    });
    bus.answer(GetDiagnosis, (request) => diagnoses.get(request));
    bus.answer(ListDiagnoses, (request) => diagnoses.list(request));
  }
}
