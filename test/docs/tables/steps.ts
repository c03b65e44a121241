import { STEP_KINDS, STEPS } from '../../../src/remediation/steps/steps.ts';
import { markdownTable } from './markdown.ts';

/** Every step: its target, its usual risk, and whether a setting may allow it to undo an act of a person. */
export const stepsTable = (): string =>
  markdownTable(
    ['step', 'is about', 'risk, as a rule', '`GUARDIAN_AUTO_REVERSE` may name it'],
    STEP_KINDS.map((kind) => {
      const { subject, risk, mayUndo } = STEPS[kind];
      return [`\`${kind}\``, subject, `\`${risk}\``, mayUndo ? 'yes' : ''];
    }),
  );
