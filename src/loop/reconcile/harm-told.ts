import { worstHarms } from '../../remediation/diagnosis/worst-harms.ts';
import { findingId, type Harm } from '../../remediation/model/findings.ts';
import type { RecordInput } from '../messages.ts';

/** The most consumers in a message: a person who can attach consumers to a key must not make a message longer than this. */
const MOST = 10;

/** When a consumer was first seen down: its own state says that it refuses connections. */
const downSince = (consumerId: string, { at, assessment: { since } }: RecordInput): string =>
  since?.[findingId({ kind: 'consumerInaccessible', target: consumerId.toLowerCase() })] ?? at;

/** The harm of one consumer, and since when where the consumer is down. */
export const harmSentence = ({ consumerId, level, sentence }: Harm, input: RecordInput): string =>
  level === 'active'
    ? `${sentence.replace(/\.$/, '')} (down since ${downSince(consumerId, input)} at the latest).`
    : sentence;

/** The harmed consumers, and by when or since when. A person who is woken at night asks for these first. */
export const harmTold = (input: RecordInput): readonly string[] => {
  const harms = worstHarms(input.assessment.decision.findings);
  const more = harms.length - MOST;
  return [
    ...harms.slice(0, MOST).map((one) => harmSentence(one, input)),
    ...(more > 0 ? [`${more} more are harmed by it.`] : []),
  ];
};
