import type { Fact } from '../../remediation/model/facts.ts';
import type { Checks } from '../check.ts';
import type { PathFacts, ResourcePosture } from '../facts.ts';
import { fail, holds, type Judgement, judged, notApplicable, pass, unclear } from '../judgement.ts';

const TIERS = ['GeneralPurpose', 'MemoryOptimized'];
/** Storage of the first generation has at most 4 TiB. */
const FIRST_GENERATION_GB = 4_096;
const STILL_ENCRYPTED = 'its data are encrypted all the same, with a key of Microsoft';

/** `undefined`: neither generation is proven. */
const hasSecondGeneration = ({ storageGb = 0, tier, largestStorageGb }: ResourcePosture): boolean | undefined => {
  if (storageGb > FIRST_GENERATION_GB) return true;
  if (tier === 'Basic' || (largestStorageGb !== undefined && largestStorageGb <= FIRST_GENERATION_GB)) return false;
  return largestStorageGb === undefined ? undefined : true;
};

const of = (fact: Fact<ResourcePosture> | undefined, judge: (resource: ResourcePosture) => Judgement): Judgement =>
  judged(fact, judge, () => unclear('the server is gone'));

const tierJudged = ({ tier }: ResourcePosture): Judgement =>
  tier === undefined ? unclear('the server states no tier') : holds(TIERS.includes(tier), tier);

const generationJudged = (resource: ResourcePosture): Judgement => {
  const second = hasSecondGeneration(resource);
  const told = `${resource.storageGb ?? '?'} GB, at most ${resource.largestStorageGb ?? '?'} GB`;
  if (second === undefined) return unclear(`${told}: nothing proves either generation of storage`);
  return second ? pass(told) : fail(`${told}: storage of the first generation; ${STILL_ENCRYPTED}`);
};

const tier = ({ resource }: PathFacts): Judgement => of(resource, tierJudged);
const generation = ({ resource }: PathFacts): Judgement => of(resource, generationJudged);

const both = ({ resource }: PathFacts): Judgement =>
  of(resource, (one) => {
    const judgements = [tierJudged(one), generationJudged(one)];
    return (
      judgements.find(({ verdict }) => verdict === 'fail') ??
      judgements.find(({ verdict }) => verdict === 'unknown') ??
      pass(`${one.tier}, ${one.storageGb} GB`)
    );
  });

/** A copy inherits the storage generation of its source, even where its region offers a newer one to new servers. */
const inherited = ({ consumer, source }: PathFacts): Judgement =>
  consumer.copyOf === undefined ? notApplicable('it is no copy that Azure tells of') : of(source, generationJudged);

const slider = ({ resource }: PathFacts): Judgement =>
  of(resource, ({ largestStorageGb }) =>
    largestStorageGb === undefined
      ? unclear('what its region offers was not asked for')
      : holds(largestStorageGb > FIRST_GENERATION_GB, `at most ${largestStorageGb} GB; ${STILL_ENCRYPTED}`),
  );

export const SIZE_CHECKS = {
  serverSupportsKeys: { judge: both, page: 'serverUnfit' },
  tierSupported: { judge: tier, page: 'serverUnfit' },
  storageGeneration: { judge: generation, page: 'serverUnfit' },
  sourceStorageGeneration: { judge: inherited, page: 'serverUnfit' },
  storageOffered: { judge: slider, page: 'serverUnfit' },
} as const satisfies Checks<PathFacts>;
