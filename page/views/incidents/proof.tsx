import type { GetIncident200 } from '../../../client/api.ts';
import { Sign } from '../../parts/sign.tsx';
import { useWords } from '../../words/words-context.tsx';

/** What proves all of this: the rows of the ledger, and whether its chain is whole. */
export const Proof = ({ ledger, evidence }: Pick<GetIncident200, 'ledger' | 'evidence'>) => {
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
