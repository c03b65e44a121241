import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { birthIn, instantOf, type SystemData } from '../connection/system-data.ts';

/** When a resource was created, and since when it is known to exist, as far as it shows that. */
export const birthOf = (
  systemData: SystemData | undefined,
  earliestRestoreDate?: string | Date,
): Pick<ConsumerFacts, 'birth' | 'existsSince'> => {
  const existsSince = instantOf(earliestRestoreDate);
  return { ...birthIn(systemData), ...(existsSince !== undefined && { existsSince }) };
};
