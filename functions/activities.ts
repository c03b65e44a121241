import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { instancesOf } from '../src/durable.ts';
import { withinInvocation } from '../src/invocation.ts';
import { ACTIVITIES } from '../src/surface.ts';

const extraInputs = [df.input.durableClient()];

/** One Durable activity for each name. The code of the activities is in src/loop; the first activity that runs loads it. */
for (const name of ACTIVITIES) {
  df.app.activity(name, {
    extraInputs,
    handler: (input: unknown, context: InvocationContext) =>
      withinInvocation(context, async () => {
        const { durableOf, runActivity } = await import('../src/app.ts');
        return runActivity(name, input, durableOf(instancesOf(df.getClient(context))));
      }),
  });
}
