import { command } from '../../model/command.ts';
import { addDuration } from '../../model/duration.ts';
import { parseResourceId } from '../../model/resource-id.ts';
import type { Step } from '../../steps/step.ts';
import { type PolicyRule, report } from '../policy-rule.ts';

/** A state of a subscription that is older than this may have changed: then a write is tried, and Azure's answer decides. */
const BELIEVED_FOR = 'PT1H';

/**
 * The subscriptions in which a step writes through Resource Manager. A key is written in its vault, and no source says that the
 * vault refuses writes then.
 */
const subscriptionsOf = ({ target, parameters }: Step): readonly string[] =>
  [target, ...('vaultId' in parameters ? [parameters.vaultId] : [])].flatMap(
    (id) => parseResourceId(id)?.subscriptionId.toLowerCase() ?? [],
  );

/** A write that Azure will refuse is not tried. The next sweep sees when the subscription takes writes again. */
export const readOnly: PolicyRule = (step, { records, now }) => {
  const known = (records.readOnly ?? []).filter(({ at }) => now < addDuration(new Date(at), BELIEVED_FOR));
  const found = subscriptionsOf(step).map((id) =>
    known.find(({ subscriptionId }) => subscriptionId.toLowerCase() === id),
  );
  const [first] = found;
  if (first === undefined || found.includes(undefined)) return undefined;
  const { subscriptionId, state } = first;
  return report(
    step,
    `The subscription ${subscriptionId} is ${state}: it can be read, and every write in it will be refused. Its account administrator enables it again in the portal, under Subscriptions; ${command('az account show', { subscription: subscriptionId, query: 'state' })} shows it. The next sweep after that goes on.`,
  );
};
