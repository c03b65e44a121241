import { type PolicyRule, report } from '../policy-rule.ts';

export const observing: PolicyRule = (step, { settings }) =>
  settings.mode === 'observe'
    ? report(step, 'Mode observe reports and repairs nothing; set the mode to approve or auto to let it act.')
    : undefined;
