import 'reflect-metadata';
import { runService } from '@chargebus/runtime';
import { configDefinition } from './config';
import { startApi } from './start';

void runService({ definition: configDefinition, start: startApi });
