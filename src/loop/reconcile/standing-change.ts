import type { Decision } from '../../remediation/policy/policy-types.ts';
import type { Guardian } from '../guardian.ts';

/** The number of the standing change, where a step runs that no person has approved. */
export const standingChange = (
  { settings }: { readonly settings: Pick<Guardian['settings'], 'changeNumber'> },
  { verdicts }: Pick<Decision, 'verdicts'>,
): { readonly change: string } | undefined => {
  const byItself = verdicts.some((one) => one.verdict === 'run' && one.authority.kind === 'policy');
  return byItself && settings.changeNumber !== undefined ? { change: settings.changeNumber } : undefined;
};
