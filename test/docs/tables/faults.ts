import { type PageKind, POSTURE_KINDS, runbookOf } from '../../../src/posture/runbooks.ts';
import { type Effect, FAULTS, type FindingKind } from '../../../src/remediation/model/faults.ts';
import { markdownTable } from './markdown.ts';

const EFFECTS: Readonly<Record<Effect, string>> = {
  stops: 'stops it',
  willStop: 'will stop it',
  weakens: 'weakens it',
  stopped: 'what hangs on it is down',
  none: 'stops nothing',
  unclear: 'nobody knows',
};

const linkTo = (kind: PageKind): string => `[${kind}](${runbookOf(kind).replace('docs/runbooks/', '')})`;

/** Every fault of an access path, from the vault to the consumer: its effect on consumers of the key, and its page. */
export const faultsTable = (): string =>
  markdownTable(
    ['fault', 'what it does to who uses the key', 'because'],
    (Object.keys(FAULTS) as FindingKind[]).map((kind) => [
      linkTo(kind),
      EFFECTS[FAULTS[kind].effect],
      FAULTS[kind].because,
    ]),
  );

/** Every fault that the posture report alone finds, with its page. */
export const postureFaults = (): string => POSTURE_KINDS.map((kind) => `* ${linkTo(kind)}`).join('\n');
