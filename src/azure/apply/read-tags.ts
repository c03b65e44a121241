import { type Fact, present, unknown } from '../../remediation/facts.ts';
import type { Tagged } from '../../remediation/step-scope.ts';
import type { Estate } from '../consumers/estate.ts';
import { inParallel } from '../in-parallel.ts';

/** The tags of these consumers, each read once: 2 ARM calls for a single server, 1 for any other. */
export const readTags = async ({ read }: Estate, consumerIds: readonly string[]): Promise<Fact<readonly Tagged[]>> => {
  const readings = await inParallel([...new Set(consumerIds)], read);
  const blind = readings.find((one) => one.kind === 'unknown');
  if (blind?.kind === 'unknown') return unknown(blind.reason);
  return present(readings.flatMap((one) => (one.kind === 'consumer' ? [one.facts] : [])));
};
