import type { Cloud } from '../cloud/cloud.ts';

/** How far the local Azure had come when one last looked. */
export type Mark = { readonly request: number; readonly delivered: number };

const deliveredTo = ({ world }: Cloud): number =>
  world.eventGrid
    .subscriptions()
    .reduce((sum, { scope, name }) => sum + (world.eventGrid.deliveries(scope, name)?.delivered() ?? 0), 0);

export const markOf = (cloud: Cloud): Mark => ({
  request: cloud.requests.list().at(-1)?.n ?? 0,
  delivered: deliveredTo(cloud),
});

/** Only the sweep lists the servers of a subscription. */
const LISTING = /^GET \/subscriptions\/\{\w+\}\/providers\/Microsoft\.DBforMySQL\//;

/** What made the app look, told by what the local Azure has seen since the mark, not by what the app says. */
export const whichWake = (cloud: Cloud, since: Mark): string => {
  if (deliveredTo(cloud) > since.delivered) return 'An event from Event Grid woke the app.';
  const swept = cloud.requests.list({ since: since.request }).some(({ route }) => LISTING.test(route));
  return swept ? 'The sweep, which needs no event, woke the app.' : 'Somebody asked the app to look.';
};
