import type { SpecOf } from '../../remediation/steps/steps.ts';
import { readRebuild } from './rebuild.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RebuildDiagnosticSetting = SpecOf<'rebuildDiagnosticSetting'>;

/**
 * Azure also checks that the product may list the keys of the destination of the logs; otherwise the step is `blocked`,
 * with Azure's text.
 */
export const readRebuildDiagnosticSetting = (
  { connection }: TargetSources,
  { parameters }: RebuildDiagnosticSetting,
): Promise<Target> =>
  readRebuild(connection, {
    ...parameters,
    type: 'Microsoft.Insights/diagnosticSettings',
  });
