import type { Booted } from '../boot.ts';
import type { Act } from './acts/act.ts';
import type { AppClient } from './app-client.ts';
import { plainNames } from './plain-names.ts';
import { PATIENCE } from './scenario.ts';

const serverState = ({ cloud }: Booted, server: string): string =>
  cloud.world.mysql.servers.all().find(({ name }) => name === server)?.availability.condition ?? 'gone';

/** The app's verdict on a key. */
export const verdictOf = async (app: AppClient, keyId: string): Promise<string> => {
  const key = (await app.keys()).find((summary) => summary.key === keyId);
  if (!key) return 'The app has recorded nothing of its key.';
  const { decision } = await app.status(key.id);
  if (!decision || decision.kind === 'healthy') return 'The app takes it for healthy.';
  const reasons = [...new Set([...decision.verdicts.flatMap(({ why = [] }) => why), ...decision.notes])];
  return `The app's verdict is '${decision.kind}'. ${plainNames(reasons.join(' '))}`;
};

/** The reason why an act is not over, by the state of its server and the app's own verdict. */
export const whyNotHealed = async (act: Act, booted: Booted, app: AppClient): Promise<string> =>
  `${PATIENCE / 60_000} minutes after ${act.beginning} ${act.server} is ${serverState(booted, act.server)}. ` +
  (await verdictOf(app, act.keyId));
