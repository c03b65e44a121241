import type { Booted } from '../boot.ts';
import type { AppClient } from './app-client.ts';
import type { Observer } from './observer.ts';
import { EXPIRY_AFTER, KEY, PATIENCE, VAULT } from './scenario.ts';
import type { Timeline } from './timeline.ts';
import { verdictOf } from './why-not-healed.ts';

/** The first sweep did not find the world healthy: nothing was broken, and there is nothing to tell. */
export class NoStory extends Error {}

const isServing = ({ cloud }: Booted): boolean =>
  cloud.world.mysql.servers
    .all()
    .every(({ availability }) => availability.condition === 'ready' && availability.accepting);

const has = ({ rows }: Timeline, stage: string): boolean => rows.some((row) => row.stage === stage);

type Telling = { readonly app: AppClient; readonly observer: Observer; readonly timeline: Timeline };

const tellNew = async (observer: Observer, timeline: Timeline): Promise<void> => {
  for (const row of await observer.look()) timeline.tell(row);
};

/** Lets time pass until the first sweep has found everything healthy. @throws NoStory if it has not */
const awaitHealthy = async ({ clock }: Booted, { app, observer, timeline }: Telling): Promise<void> => {
  await clock.advance(EXPIRY_AFTER, async () => {
    await tellNew(observer, timeline);
    return false;
  });
  if (has(timeline, 'healthy')) return;
  throw new NoStory(`The first sweep did not find the world healthy, so nothing was broken. ${await verdictOf(app)}`);
};

/** What `POST /_sim/break/expire-key` does. */
const breakKey = ({ cloud, clock }: Booted, timeline: Timeline): void => {
  const { keyVault } = cloud.world;
  const version = keyVault.key(VAULT, KEY)?.versions.at(-1)?.version ?? '';
  keyVault.setAttributes(VAULT, KEY, version, { exp: Math.floor(clock.now() / 1000) - 1 });
  const text = `Somebody sets the expiry of ${KEY} to a moment ago: from now on Key Vault refuses to wrap with it.`;
  timeline.tell({ at: clock.now(), stage: 'expired', text, tone: 'bad' });
};

/** Plays the incident. True if it is over: the app has closed it and the server serves again. */
export const play = async (booted: Booted, telling: Telling): Promise<boolean> => {
  const { observer, timeline } = telling;
  await awaitHealthy(booted, telling);
  breakKey(booted, timeline);
  return booted.clock.advance(PATIENCE, async () => {
    await tellNew(observer, timeline);
    return has(timeline, 'Ready') && isServing(booted);
  });
};
