import { describeMessageDriver } from '@chargebus/protocol-core/conformance';
import { createOcpp16Driver } from '../../src/v16/driver';
import vectors from '../../vectors/ocpp16.json';
import { STATION } from '../station-line';

describeMessageDriver({ driver: createOcpp16Driver(), deviceId: STATION }, vectors);
