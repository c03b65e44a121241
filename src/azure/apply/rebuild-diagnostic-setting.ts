import type { SpecOf } from '../../remediation/steps/steps.ts';
import { readRebuild } from './rebuild.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RebuildDiagnosticSetting = SpecOf<'rebuildDiagnosticSetting'>;

/** Azure asks as well whether we may list the keys of where the logs go: else it is `blocked`, in its words. */
export const readRebuildDiagnosticSetting = (
  { connection }: TargetSources,
  { parameters }: RebuildDiagnosticSetting,
): Promise<Target> =>
  readRebuild(connection, {
    ...parameters,
    type: 'Microsoft.Insights/diagnosticSettings',
  });
