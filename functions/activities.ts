import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { durableOf } from '../src/durable.ts';
import { ACTIVITIES } from '../src/surface.ts';

const extraInputs = [df.input.durableClient()];

/** One Durable activity for each name; what they do is in src/loop, and loaded by the first one that runs. */
for (const name of ACTIVITIES) {
  df.app.activity(name, {
    extraInputs,
    handler: async (input: unknown, context: InvocationContext) => {
      const { activities, guardian } = await import('../src/app.ts');
      return activities[name](input as never, durableOf(df.getClient(context), guardian.store.keyRows));
    },
  });
}
