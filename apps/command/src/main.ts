import 'reflect-metadata';
import { runService } from '@chargebus/runtime';
import { startCommandApp } from './command-app';
import { configDefinition } from './config';

void runService({ definition: configDefinition, start: startCommandApp });
