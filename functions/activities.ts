import type { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { activities, guardian } from '../src/app.ts';
import { durableOf } from '../src/durable.ts';

const extraInputs = [df.input.durableClient()];

/** One Durable activity for each entry of the table; what they do is in src/loop. */
for (const [name, run] of Object.entries(activities)) {
  df.app.activity(name, {
    extraInputs,
    handler: (input: unknown, context: InvocationContext) =>
      run(input as never, durableOf(df.getClient(context), guardian.store.keyRows)),
  });
}
