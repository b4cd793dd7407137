import type { MigrationInterface } from 'typeorm';
import { SessionSchema1700000100000 } from './1700000100000-session-schema.migration';
import { IncapableDevices1763720000000 } from './1763720000000-incapable-devices.migration';
import { Transactions1763720000100 } from './1763720000100-transactions.migration';
import { OrdersByClient1763720000200 } from './1763720000200-orders-by-client.migration';
import { DeviceCredentials1763720000300 } from './1763720000300-device-credentials.migration';
import { Tokens1763720000400 } from './1763720000400-tokens.migration';
import { SocketNetworks1763720000600 } from './1763720000600-socket-networks.migration';
import { MasterData1763730000100 } from './1763730000100-master-data.migration';
import { DeviceAnswers1763730000110 } from './1763730000110-device-answers.migration';
import { History1763730000200 } from './1763730000200-history.migration';
import { Retention1763730000220 } from './1763730000220-retention.migration';
import { DeviceLimits1763730000600 } from './1763730000600-device-limits.migration';
import { FrameCounts1763730000800 } from './1763730000800-frame-counts.migration';
import { FaultsOfPorts1763730000810 } from './1763730000810-faults-of-ports.migration';

/** Schema `session`, oldest first. */
export const sessionMigrations: readonly (new () => MigrationInterface)[] = [
  SessionSchema1700000100000,
  IncapableDevices1763720000000,
  Transactions1763720000100,
  OrdersByClient1763720000200,
  DeviceCredentials1763720000300,
  Tokens1763720000400,
  SocketNetworks1763720000600,
  MasterData1763730000100,
  DeviceAnswers1763730000110,
  History1763730000200,
  Retention1763730000220,
  DeviceLimits1763730000600,
  FrameCounts1763730000800,
  FaultsOfPorts1763730000810,
];
