/** The app's table of contents, and the only entry of the bundle. */
import './on-key-vault-event.ts';
import './on-resource-event.ts';
import './sweep-timer.ts';
import './sweep.ts';
import './probe-timer.ts';
import './probe.ts';
import './posture-timer.ts';
import './posture.ts';
import './reconcile-key.ts';
import './steps.ts';
import './activities.ts';
import './http.ts';
