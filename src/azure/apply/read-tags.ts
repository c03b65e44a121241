import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import type { Tagged } from '../../remediation/steps/tagged.ts';
import { inParallel } from '../connection/in-parallel.ts';
import type { Estate } from '../consumers/estate.ts';

/** The tags of these consumers, each read once: 2 ARM calls for a single server, 1 for any other. */
export const readTags = async ({ read }: Estate, consumerIds: readonly string[]): Promise<Fact<readonly Tagged[]>> => {
  const readings = await inParallel([...new Set(consumerIds)], read);
  const blind = readings.find((one) => one.kind === 'unknown');
  if (blind?.kind === 'unknown') return unknown(blind.reason);
  return present(readings.flatMap((one) => (one.kind === 'consumer' ? [one.facts] : [])));
};
