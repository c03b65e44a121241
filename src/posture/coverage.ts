import { STEP_KINDS, type StepKind } from '../remediation/steps/steps.ts';
import { canSee } from './can-see.ts';
import type { VaultReach } from './coverage-facts.ts';
import type { PostureLine } from './lines.ts';
import { obstaclesTo } from './obstacles.ts';
import { runbookOf } from './runbooks.ts';

/** Whether the product sees the fault that a step repairs, and whether it could do the step. `null`: unknown. */
export type Coverage = {
  /** ARM id of the vault; its host where the id is not known. */
  readonly vault: string;
  readonly step: StepKind;
  readonly canSee: boolean | null;
  readonly canRepair: boolean | null;
  /** The reasons why not, each a sentence. */
  readonly why: readonly string[];
  /** The commands that change it, in order. */
  readonly commands: readonly string[];
};

/** Invariant `what-is-not-seen-is-said`: the product's access to one vault, step by step. */
export const coverageOf = (reach: VaultReach): readonly Coverage[] => {
  const vault = reach.vault.kind === 'present' ? reach.vault.value.id : reach.key.host;
  return STEP_KINDS.map((step) => {
    const sight = canSee(step, reach);
    const obstacles = obstaclesTo(step, reach);
    const certain = obstacles.filter(({ certain: is }) => is);
    return {
      vault,
      step,
      canSee: sight.sees,
      canRepair: certain.length > 0 ? false : obstacles.length > 0 ? null : true,
      why: [...new Set([...sight.why, ...obstacles.map(({ why }) => why)])],
      commands: [...new Set(obstacles.flatMap(({ commands }) => commands))],
    };
  });
};

/** The coverage as lines of the posture report. */
export const linesOfCoverage = (coverage: readonly Coverage[]): readonly PostureLine[] =>
  coverage.map(({ vault, step, canSee: sees, canRepair, why, commands }) => {
    const isWhole = sees === true && canRepair === true;
    const isUnknown = sees !== false && canRepair !== false;
    return {
      row: 'coverage',
      check: step,
      subject: vault,
      kind: 'vault',
      verdict: isWhole ? 'pass' : isUnknown ? 'unknown' : 'fail',
      evidence: why.join(' ') || 'can be seen and repaired',
      ...(commands.length > 0 && { plan: commands }),
      ...(!isWhole && { runbook: runbookOf('productOutOfSight') }),
    };
  });
