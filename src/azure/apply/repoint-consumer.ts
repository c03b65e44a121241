import { profileOf } from '../../remediation/model/profiles.ts';
import { whyUnusable } from '../../remediation/observation/key-works.ts';
import { whyUntold } from '../../remediation/observation/versions-in-use.ts';
import type { SpecOf } from '../../remediation/steps/steps.ts';
import { usesOf } from '../consumers/consumer-type.ts';
import { pinnedKey } from '../consumers/pinned-key.ts';
import { blocked, type NotWritable, readConsumer, sameText, writable } from './read-consumer.ts';
import { readMarks, whyUnread } from './read-marks.ts';
import { sendWrite } from './send-write.ts';
import type { Target } from './target.ts';
import type { TargetSources } from './target-sources.ts';

type RepointConsumer = SpecOf<'repointConsumer'>;

/** The consumer, if it still pins the version that the step replaces. */
const readLeaving = async (sources: TargetSources, { parameters, target }: RepointConsumer) => {
  const { kid, newKid } = parameters;
  const consumer = await readConsumer(sources.estate, target);
  if (consumer.kind !== 'consumer') return consumer;
  const uses = usesOf(consumer).filter(({ use }) => use !== 'previous');
  const use = uses.find(({ pinned }) => sameText(pinned.kid, kid));
  if (use) return writable(consumer, use);
  const arrived = uses.find(({ pinned }) => sameText(pinned.kid, newKid));
  const why = `${consumer.facts.name} uses ${(arrived ?? consumer.facts).pinned.kid} now`;
  return arrived ? ({ kind: 'noDrift', why } satisfies NotWritable) : blocked(why);
};

/**
 * Reads the consumer, the version that it is to use and the version that it pins, each with its vault. An old version
 * that is gone does not block the step. Sending is one PUT of a single server's key, or one PATCH of any other
 * consumer's whole encryption with only this version changed. All are long-running.
 */
export const readRepointConsumer = async (sources: TargetSources, step: RepointConsumer): Promise<Target> => {
  const { consumerKind, newKid } = step.parameters;
  const goal = pinnedKey(profileOf(consumerKind).namesVersion, newKid);
  if (!goal || whyUntold({ pinned: goal }) !== undefined) return blocked(`${newKid} names no key version`);
  const read = await readLeaving(sources, step);
  if (read.kind !== 'writable') return read;
  const { consumer, use } = read;
  const next = await readMarks(sources, goal, goal.key.host === use.pinned.key.host ? { its: step.parameters } : {});
  if (next.kind !== 'present') return blocked(whyUnread(next, newKid));
  const why = whyUnusable(next.value.facts, new Date());
  if (why !== undefined) return blocked(why);
  const old = await readMarks(sources, use.pinned, { its: step.parameters, known: next.value });
  if (old.kind === 'unknown') return blocked(old.reason);
  const write = consumer.repointing(use, { kid: newKid, vaultId: next.value.vault.id });
  return {
    kind: 'drift',
    why: `${use.name} pins ${use.pinned.kid}`,
    tagged: [use, ...next.value.tagged, ...(old.kind === 'present' ? old.value.tagged : [])],
    send: sendWrite(sources.connection, write, { what: `the new key of ${use.name}`, scope: use.id }),
  };
};
