import type { GetSummary200 } from '../../client/api.ts';
import { facts, type Sheet } from '../sheet/sheet.ts';
import { counted } from '../words/counted.ts';
import { kindOf } from '../words/names.ts';
import { lasting } from '../words/times.ts';

type Aged = { readonly ageSeconds: number } | undefined;

const ago = (aged: Aged): string => (aged ? `${lasting(aged.ageSeconds * 1000)} ago` : 'never');

const kindsIn = ({ consumersByKind }: GetSummary200): string =>
  Object.entries(consumersByKind)
    .map(([kind, count]) => counted(count, kindOf(kind)))
    .join(', ');

const verdictsIn = ({ verdicts }: GetSummary200): string =>
  [
    `${verdicts.healthy} healthy`,
    `${verdicts.repairing} being healed`,
    `${verdicts.asked} waiting for an answer`,
    `${verdicts.reported} reported`,
    `${verdicts.unseen} cannot be seen`,
    `${verdicts.notYetAssessed} not looked at yet`,
  ].join(', ');

/** The number of guarded consumers, and whether the app looks at them. */
export const summarySheet = (summary: GetSummary200): Sheet => {
  const { consumers, keys, vaults, subscriptions, verdicts, sweep, probe, posture } = summary;
  const rows = [
    ['mode', summary.mode],
    ['version', summary.version],
    ['consumers', `${consumers}${consumers > 0 ? `: ${kindsIn(summary)}` : ''}`],
    ['keys', `${keys}: ${verdictsIn(summary)}`],
    ['vaults', String(vaults)],
    ['subscriptions', String(subscriptions)],
    ['last sweep', `ended ${ago(sweep.ended)}`],
    ['last probe', `began ${ago(probe.began)}`],
    ['posture report', `made ${ago(posture.ended)}`],
  ] as const;
  return {
    isWell: verdicts.healthy === keys,
    answer: summary,
    blocks: [facts(rows)],
    records: { columns: ['name', 'value'], rows },
  };
};
