import type { App } from './open-app.ts';

/** Calls a verb of the local cloud's control surface, as `curl` would: `break/create-replica`. */
export const control = async ({ cloud }: App, verb: string, body: Record<string, unknown>): Promise<unknown> => {
  const answer = await fetch(`${cloud.control}/${verb}`, { method: 'POST', body: JSON.stringify(body) });
  const said: unknown = await answer.json();
  if (answer.status !== 200) throw new Error(`${verb}: ${answer.status} ${JSON.stringify(said)}`);
  return said;
};
