import { STEP_KINDS, STEPS } from '../../../src/remediation/steps/steps.ts';
import { markdownTable } from './markdown.ts';

/** Every step: what it is about, its risk as a rule, and whether a setting may let it undo somebody's act. */
export const stepsTable = (): string =>
  markdownTable(
    ['step', 'is about', 'risk, as a rule', '`GUARDIAN_AUTO_REVERSE` may name it'],
    STEP_KINDS.map((kind) => {
      const { subject, risk, mayUndo } = STEPS[kind];
      return [`\`${kind}\``, subject, `\`${risk}\``, mayUndo ? 'yes' : ''];
    }),
  );
