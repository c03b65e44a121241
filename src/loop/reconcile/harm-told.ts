import { worstHarms } from '../../remediation/diagnosis/worst-harms.ts';
import { findingId, type Harm } from '../../remediation/model/findings.ts';
import type { RecordInput } from '../messages.ts';

/** Whoever may hang consumers on a key makes no message longer than this. */
const MOST = 10;

/** When a consumer was first seen to refuse connections: its own state says that it does. */
const downSince = (consumerId: string, { at, assessment: { since } }: RecordInput): string =>
  since?.[findingId({ kind: 'consumerInaccessible', target: consumerId.toLowerCase() })] ?? at;

/** What it does to one, and since when where that one is down. */
export const harmSentence = ({ consumerId, level, sentence }: Harm, input: RecordInput): string =>
  level === 'active'
    ? `${sentence.replace(/\.$/, '')} (down since ${downSince(consumerId, input)} at the latest).`
    : sentence;

/** Whom it harms, and by when or since when: what whoever is woken at night asks first. */
export const harmTold = (input: RecordInput): readonly string[] => {
  const harms = worstHarms(input.assessment.decision.findings);
  const more = harms.length - MOST;
  return [
    ...harms.slice(0, MOST).map((one) => harmSentence(one, input)),
    ...(more > 0 ? [`${more} more are harmed by it.`] : []),
  ];
};
