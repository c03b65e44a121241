import type { Repair } from './fixtures/calls.ts';
import type { Stage } from './product.ts';

/** Every write to Azure, as `METHOD path`. */
export const mutations = ({ cloud }: Stage): readonly string[] =>
  cloud.requests.list({ mutating: true }).map(({ method, url }) => `${method} ${new URL(url).pathname}`);

/** Polls the started operation, as the orchestration does: one read, then the wait that the answer names. */
export const followThrough = async ({ advance, call, cloud }: Stage, { sent, ...read }: Repair) => {
  if (sent?.kind !== 'started') throw new Error(`nothing was started: ${JSON.stringify(sent ?? read)}`);
  await advance(Date.parse(sent.pollAt) - cloud.world.clock.now());
  for (;;) {
    const polled = await call('pollOperation', sent.operation);
    if (polled.kind !== 'waiting') return polled;
    await advance(Date.parse(polled.until) - cloud.world.clock.now());
  }
};
