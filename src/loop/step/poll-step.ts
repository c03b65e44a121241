import type { Polled } from '../../azure/apply/poll-operation.ts';
import type { AzureOperation } from '../../azure/apply/target.ts';
import type { Guardian } from '../guardian.ts';
import type { StepRun } from '../messages.ts';

/** One read of the operation that the step started. */
export const pollStep = ({ azure }: Guardian, run: StepRun & { operation: AzureOperation }): Promise<Polled> =>
  azure.pollOperation(run.operation);
