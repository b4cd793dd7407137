import 'reflect-metadata';
import { runService } from '@chargebus/runtime';
import { configDefinition } from './config';
import { startWebhookApp } from './webhook-app';

void runService({ definition: configDefinition, start: startWebhookApp });
