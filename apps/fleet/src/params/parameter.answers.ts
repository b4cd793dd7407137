import type { Bus } from '@chargebus/messaging';
import {
  CancelParameterChange,
  ChangeParameters,
  GetParameterChange,
  GetParameters,
  ListParameterChanges,
  ListParameterVersions,
  RestoreParameterVersion,
} from '@chargebus/requests';
import type { ParameterService } from './parameter.service';

/** What is asked about the parameters of devices. */
export class ParameterAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly parameters: ParameterService,
  ) {}

  start(): void {
    const { bus, parameters } = this;
    bus.answer(ChangeParameters, (request) => parameters.request(request));
    bus.answer(GetParameterChange, (request) => parameters.getChange(request));
    bus.answer(ListParameterChanges, (request) => parameters.listChanges(request));
    bus.answer(CancelParameterChange, (request) => parameters.cancel(request));
    bus.answer(GetParameters, (request) => parameters.get(request));
    bus.answer(ListParameterVersions, (request) => parameters.listVersions(request));
    bus.answer(RestoreParameterVersion, (request) => parameters.restore(request));
  }
}
