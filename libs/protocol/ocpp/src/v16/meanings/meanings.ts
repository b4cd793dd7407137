import { meansHeartbeat } from '../../meanings/heartbeat';
import type { Meaning } from '../connection/incoming';
import type { StationAction } from '../messages';
import {
  meansDataTransfer,
  meansDiagnosticsStatus,
  meansFirmwareStatus,
  meansLogStatus,
  meansSecurityEvent,
  meansSignCertificate,
  meansSignedFirmwareStatus,
} from './jobs';
import { meansBoot } from './presence';
import { meansStatus } from './status';
import { meansAuthorize, meansMeterValues, meansStart, meansStop } from './transaction';

/** Page §3.1: everything that a station may call. */
export const MEANINGS: { readonly [A in StationAction]: Meaning<A> } = {
  Authorize: meansAuthorize,
  BootNotification: meansBoot,
  DataTransfer: meansDataTransfer,
  DiagnosticsStatusNotification: meansDiagnosticsStatus,
  FirmwareStatusNotification: meansFirmwareStatus,
  Heartbeat: meansHeartbeat,
  LogStatusNotification: meansLogStatus,
  MeterValues: meansMeterValues,
  SecurityEventNotification: meansSecurityEvent,
  SignCertificate: meansSignCertificate,
  SignedFirmwareStatusNotification: meansSignedFirmwareStatus,
  StartTransaction: meansStart,
  StatusNotification: meansStatus,
  StopTransaction: meansStop,
};
