/**
 * The app's table of contents, and the only entry of the bundle. Importing a file registers the functions that it
 * holds, and these need no setting. Only then are the settings read, and the timers and the routes of alerts, which
 * need settings, are registered. The reason for this order: Azure's worker reports an error of the start to its host
 * only where a function had been registered before. Without any function, an app with wrong settings would show no
 * functions and no error.
 */
import './on-key-vault-event.ts';
import './on-resource-event.ts';
import './reconcile-key.ts';
import './steps.ts';
import './follow-alert.ts';
import './activities.ts';
import './purge.ts';
import { readConfigOnce } from '../src/start.ts';
import { registerAlerts } from './http.ts';
import { registerPostureTimer } from './posture.ts';
import { registerProbeTimer } from './probe.ts';
import { registerSweepTimer } from './sweep.ts';

const { alertSenders, sweepSchedule, probeSchedule, postureSchedule } = readConfigOnce();
registerAlerts({ secureWebhook: alertSenders !== undefined });
registerSweepTimer(sweepSchedule);
registerProbeTimer(probeSchedule);
registerPostureTimer(postureSchedule);
