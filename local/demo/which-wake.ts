import type { Cloud } from '../cloud/cloud.ts';

/** How far the local Azure had come when one last looked. */
export type Mark = { readonly request: number; readonly delivered: number; readonly alerts: number };

const deliveredTo = ({ world }: Cloud): number =>
  world.eventGrid
    .subscriptions()
    .reduce((sum, { scope, name }) => sum + (world.eventGrid.deliveries(scope, name)?.delivered() ?? 0), 0);

/** Calls of action groups that the app has taken. */
const alertsTaken = ({ world }: Cloud): number =>
  world.alerting.receivers.calls().filter(({ outcome }) => 'status' in outcome && outcome.status === 202).length;

export const markOf = (cloud: Cloud): Mark => ({
  request: cloud.requests.list().at(-1)?.n ?? 0,
  delivered: deliveredTo(cloud),
  alerts: alertsTaken(cloud),
});

/** What the app is called in the local Azure. */
const APP = 'cmk-guardian';

/** Only the sweep lists the servers of a subscription. */
const LISTING = /^GET \/subscriptions\/\{\w+\}\/providers\/Microsoft\.DBforMySQL\//;

/** Only the probe begins with a key: a look begins with who uses it, and with its vault. */
const KEY_VERSION = /^GET https:\/\/\{vault\}\..*\/keys\//;

/** What made the app look, told by what the local Azure has seen since the mark, not by what the app says. */
export const whichWake = (cloud: Cloud, since: Mark): string => {
  if (deliveredTo(cloud) > since.delivered) return 'An event from Event Grid woke the app.';
  if (alertsTaken(cloud) > since.alerts) return 'An alert from Azure Monitor woke the app.';
  const routes = cloud.requests.list({ since: since.request, caller: APP }).map(({ route }) => route);
  if (routes.some((route) => LISTING.test(route))) return 'The sweep, which needs no event, woke the app.';
  if (KEY_VERSION.test(routes[0] ?? '')) return 'The probe, which needs no event, woke the app.';
  return 'Somebody asked the app to look.';
};
