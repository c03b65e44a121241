import type { Booted } from '../boot.ts';
import type { AppClient } from './app-client.ts';
import { plainNames } from './plain-names.ts';
import { KEY_ID, PATIENCE, SERVER } from './scenario.ts';

const serverState = ({ cloud }: Booted): string =>
  cloud.world.mysql.servers.all().find(({ name }) => name === SERVER)?.availability.condition ?? 'gone';

/** The app's own word on the key of the story. */
export const verdictOf = async (app: AppClient): Promise<string> => {
  const key = (await app.keys()).find((summary) => summary.key === KEY_ID);
  if (!key) return 'The app has recorded nothing of its key.';
  const { decision } = await app.status(key.id);
  if (!decision || decision.kind === 'healthy') return 'The app takes it for healthy.';
  const reasons = [...new Set([...decision.verdicts.flatMap(({ why = [] }) => why), ...decision.notes])];
  return `The app's verdict is '${decision.kind}'. ${plainNames(reasons.join(' '))}`;
};

/** Why the incident is not over, by the state of the server and the app's own verdict. */
export const whyNotHealed = async (booted: Booted, app: AppClient): Promise<string> =>
  `${PATIENCE / 60_000} minutes after the expiry ${SERVER} is ${serverState(booted)}. ${await verdictOf(app)}`;
