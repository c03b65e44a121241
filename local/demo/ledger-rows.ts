import {
  type DecidedDetail,
  decidedDetail,
  intentDetail,
  type LedgerEntry,
  openedDetail,
  outcomeDetail,
} from './ledger-entry.ts';
import { withLifting } from './lifting.ts';
import { plainNames } from './plain-names.ts';
import type { Row } from './row.ts';
import { spoken, stepWords } from './step-words.ts';
import { wakeWords } from './wake-words.ts';

/** Whether a consumer uses the key of an entry. */
export type Use = { readonly isUsed: boolean };

type Told = Omit<Row, 'at' | 'tone'> & { readonly tone?: Row['tone'] };

/** The local Azure itself reports the revalidation of a server. */
const SEEN_IN_AZURE = ['revalidateConsumer'];

/** `cmk in kv-orders` */
const inItsVault = (chain: string): string => chain.replace(/^https:\/\/([\w-]+)\..*\/keys\/(.*)$/, '$2 in $1');

const reasons = ({ verdicts, notes }: DecidedDetail): string =>
  [...new Set([...verdicts.flatMap(({ why = [] }) => why), ...notes])].join(' ');

const wasApproved = ({ verdicts }: DecidedDetail): boolean =>
  verdicts.some(({ authority }) => authority?.kind === 'approval');

const decided = (detail: DecidedDetail): Told => {
  const steps = detail.plan.steps.map(({ sentence }, index) => `${index + 1}. ${sentence}`).join(' ');
  const names = detail.plan.steps.map(({ kind }) => spoken(kind)).join(', then ');
  if (detail.kind === 'run')
    return {
      stage: 'decided',
      text: `To do, ${wasApproved(detail) ? 'as a person has approved' : 'allowed without asking'}: ${names}.`,
    };
  if (detail.kind === 'ask')
    return { stage: 'asked', text: `Waits for an approval of plan ${detail.plan.planId}. ${steps} ${reasons(detail)}` };
  return {
    stage: 'reported',
    text: steps
      ? `Nothing is done. ${reasons(detail)} What it would do: ${steps}`
      : `Left to people. ${reasons(detail)}`,
    tone: 'bad',
  };
};

const outcome = ({ step = '', outcome: how, detail }: LedgerEntry): readonly Told[] => {
  const { why } = outcomeDetail.parse(detail);
  if (how !== 'done') return [{ stage: how ?? 'ended', text: `${spoken(step)}: ${why}`, tone: 'bad' }];
  return SEEN_IN_AZURE.includes(step) ? [] : [{ stage: stepWords(step).done, text: `${why}.`, tone: 'good' }];
};

const detected = (detail: unknown): Told => {
  const { findings, by } = openedDetail.parse(detail);
  return { stage: 'detected', text: [...wakeWords(by), ...findings].join(' '), tone: 'bad' };
};

/** Where no consumer uses the key, the app has only seen that no consumer is harmed any more. */
const closed = (key: string, { isUsed }: Use): Told =>
  isUsed
    ? {
        stage: 'Ready',
        text: `The app has looked again: all is well with ${key}, the incident is closed.`,
        tone: 'good',
      }
    : { stage: 'closed', text: `The incident is closed: nobody uses ${key} any more.`, tone: 'plain' };

const told = (entry: LedgerEntry, use: Use): readonly Told[] => {
  const { chain, kind, step = '', detail } = entry;
  if (kind === 'baseline')
    return [
      {
        stage: 'healthy',
        text: `${inItsVault(chain)} and all that uses it are healthy. That is remembered as the baseline.`,
        tone: 'good',
      },
    ];
  if (kind === 'opened') return [detected(detail)];
  if (kind === 'decided' || kind === 'asked') return [decided(decidedDetail.parse(detail))];
  if (kind === 'intent') return [{ stage: stepWords(step).begun, text: intentDetail.parse(detail).sentence }];
  if (kind === 'outcome') return outcome(entry);
  if (kind === 'closed') return [closed(inItsVault(chain), use)];
  return [];
};

/** The rows for one ledger entry of a key. The timeline leaves out `seen` and the entries of people. */
export const ledgerRows = (entry: LedgerEntry, use: Use): readonly Row[] =>
  told(entry, use).map((one) => ({
    at: Date.parse(entry.at),
    tone: 'plain',
    ...one,
    text: plainNames(withLifting(one.text)),
  }));
