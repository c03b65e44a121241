import type { GetIncident200 } from '../../client/api.ts';
import { happenedIn, stepIn, stepNameIn } from './as-page.ts';
import { nameAt } from './names.ts';
import { plain } from './plain.ts';

export type Moment = GetIncident200['timeline'][number];

const WAKES: Readonly<Record<string, string>> = {
  keyVaultEvent: 'an event of Key Vault',
  resourceEvent: 'an event of a write',
  alert: 'an alert',
  probe: 'the probe',
  sweep: 'the sweep',
  call: 'somebody who asked',
};

/** The author of a moment: a wake by its name, a person as the ledger names them. */
const byIn = ({ by }: Moment): string => (by === undefined ? '' : ` by ${WAKES[by] ?? by}`);

/** Verdicts that the name of a moment already says. */
const ONLY_VERDICTS: readonly string[] = ['run', 'ask', 'report'];

const saidIn = ({ says }: Moment): string =>
  says === undefined || ONLY_VERDICTS.includes(says) ? '' : `. ${plain(says)}`;

/** A moment of an incident, in words. */
export const momentIn = (moment: Moment): string => {
  const { what, step, target, outcome } = moment;
  if (target !== undefined && what === 'down') return `${nameAt(target)} is down`;
  if (target !== undefined && what === 'serves') return `${nameAt(target)} serves`;
  const at = target === undefined ? '' : ` ${nameAt(target)}`;
  const about = step === undefined ? at : ` ${target === undefined ? stepNameIn(step) : stepIn(step, target)}`;
  const how = outcome === undefined || outcome === 'done' ? '' : `: ${outcome}`;
  return `${happenedIn(what)}${about}${byIn(moment)}${how}${saidIn(moment)}`;
};
