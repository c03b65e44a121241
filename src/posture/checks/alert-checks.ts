import { subscriptionOf, within } from '../../remediation/model/resource-id.ts';
import type { Checks } from '../check.ts';
import { alertOnKeyLoss } from '../commands.ts';
import type { AlertRule, PathFacts } from '../facts.ts';
import { fail, type Judgement, judged, pass } from '../judgement.ts';

const watches = ({ scopes, enabled, categories }: AlertRule, id: string): boolean =>
  enabled &&
  categories.some((one) => one === 'resourcehealth' || one === 'administrative') &&
  scopes.some((scope) => within(id, scope));

const alerted =
  (isEnough: (rule: AlertRule) => boolean) =>
  (path: PathFacts): Judgement => {
    const id = path.consumer.id.toLowerCase();
    const plan = alertOnKeyLoss(subscriptionOf(id));
    return judged(
      path.alerts,
      (rules) => {
        const found = rules.find((rule) => watches(rule, id) && isEnough(rule));
        return found ? pass(found.id) : fail('no such alert rule watches it', ...plan);
      },
      () => fail('there is no alert rule', ...plan),
    );
  };

export const ALERT_CHECKS = {
  keyLossAlerted: { judge: alerted(() => true), page: 'alertMissing' },
  alertReachesBoth: {
    judge: alerted(({ receivers }) => receivers.includes('webhook') && receivers.includes('person')),
    page: 'alertMissing',
  },
} as const satisfies Checks<PathFacts>;
