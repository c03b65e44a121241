import { worstImpacts } from '../../remediation/diagnosis/worst-impacts.ts';
import { findingId, type Impact } from '../../remediation/model/findings.ts';
import type { RecordInput } from '../messages.ts';

/** The most consumers in a message: a person who can attach consumers to a key must not make a message longer than this. */
const MOST = 10;

/** When a consumer was first seen down: its own state says that it refuses connections. */
const downSince = (consumerId: string, { at, assessment: { since } }: RecordInput): string =>
  since?.[findingId({ kind: 'consumerInaccessible', target: consumerId.toLowerCase() })] ?? at;

/** The impact on one consumer, and since when where the consumer is down. */
export const impactSentence = ({ consumerId, level, sentence }: Impact, input: RecordInput): string =>
  level === 'active'
    ? `${sentence.replace(/\.$/, '')} (down since ${downSince(consumerId, input)} at the latest).`
    : sentence;

/** The affected consumers, and by when or since when. A person who is woken at night asks for these first. */
export const impactTold = (input: RecordInput): readonly string[] => {
  const impacts = worstImpacts(input.assessment.decision.findings);
  const more = impacts.length - MOST;
  return [
    ...impacts.slice(0, MOST).map((one) => impactSentence(one, input)),
    ...(more > 0 ? [`${more} more are affected by it.`] : []),
  ];
};
