import 'reflect-metadata';
import { runService } from '@chargebus/runtime';
import { configDefinition } from './config';
import { startFleetApp } from './fleet-app';

void runService({ definition: configDefinition, start: startFleetApp });
