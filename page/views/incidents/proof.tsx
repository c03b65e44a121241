import type { GetIncident200 } from '../../../client/api.ts';
import { Sign } from '../../parts/sign.tsx';
import { exactly } from '../../parts/when.tsx';
import { useWords } from '../../words/words-context.tsx';

/**
 * The release that compared the chain, the anchors, and the instant since which an anchor proves the last entry of the incident.
 */
const Proven = ({ ledger, isOpen }: Pick<GetIncident200, 'ledger' | 'isOpen'>) => {
  const { say, language } = useWords();
  const { verified, anchored } = ledger;
  const last = say(isOpen ? 'incident.lastEntry' : 'incident.itsEnd');
  return (
    <>
      <p>{say('incident.verified', { by: verified.by, n: verified.anchors, when: exactly(verified.at, language) })}</p>
      <p>
        {anchored === undefined
          ? say('incident.notAnchored', { last })
          : say('incident.anchored', { last, seq: anchored.seq, when: exactly(anchored.at, language) })}
      </p>
    </>
  );
};

/** The proof of the incident: the rows of the ledger, and whether its chain is whole. */
export const Proof = ({ ledger, evidence, isOpen }: Pick<GetIncident200, 'ledger' | 'evidence' | 'isOpen'>) => {
  const { say } = useWords();
  const { verification, rows } = ledger;
  const isIntact = verification.kind === 'intact';
  return (
    <>
      <p>
        <Sign urgency={isIntact ? 'well' : 'down'} isNamed={false} />{' '}
        {isIntact
          ? say('incident.intact', { n: verification.head.seq, hash: verification.head.hash.slice(0, 12) })
          : say('incident.broken', { n: verification.seq, fault: verification.fault })}
      </p>
      <p>{say('incident.rows', { from: rows[0]?.seq ?? '–', to: rows.at(-1)?.seq ?? '–' })}</p>
      <Proven ledger={ledger} isOpen={isOpen} />
      <details>
        <summary>{say('incident.evidence')}</summary>
        {rows.map(({ seq, kind, hash }) => (
          <p key={seq} className="address numbers">
            {seq} {kind} {hash}
          </p>
        ))}
        {evidence.map((path) => (
          <p key={path} className="address numbers">
            {path}
          </p>
        ))}
      </details>
    </>
  );
};
