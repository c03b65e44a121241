/**
 * The app's table of contents, and the only entry of the bundle. Importing a file registers what it holds, and all of that
 * needs no setting. Only then are the settings read, and what needs them is registered, the timers and the doors of alerts: Azure's
 * worker tells its host what the start threw only where a function had been registered before. Without any, wrong settings are
 * an app of no functions, and nobody hears why.
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
