import type { GetIncident200 } from '../../../client/api.ts';
import { keyLabel } from '../../model/names.ts';
import { spanOf } from '../../model/span.ts';
import { spanText } from '../../parts/count.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { Sign } from '../../parts/sign.tsx';
import { sayNamed } from '../../words/say.ts';
import type { WordKey } from '../../words/table.ts';
import { useWords } from '../../words/words-context.tsx';

type Written = GetIncident200['writes'][number];

const AUTHORITIES: Readonly<Record<string, WordKey>> = {
  policy: 'incident.byPolicy',
  approval: 'incident.byApproval',
};

const Write = ({ write }: { readonly write: Written }) => {
  const { say } = useWords();
  const { step, target, outcome, why, seconds, authority, undo, correlationIds } = write;
  const word = authority === undefined ? undefined : AUTHORITIES[authority];
  const by = word === undefined ? authority : say(word);
  const isDone = outcome === 'done';
  return (
    <li className="write">
      <p>
        <Sign urgency={isDone ? 'well' : 'noted'} isNamed={false} />{' '}
        <span className="strong">{sayNamed(say, 'step', step, { name: keyLabel(target) })}</span>{' '}
        {sayNamed(say, 'outcome', outcome ?? 'running')}
        {seconds !== undefined && <span className="numbers"> · {spanText(say, spanOf(seconds))}</span>}
        {by !== undefined && <span className="quiet"> · {by}</span>}
      </p>
      {why !== undefined && (
        <p className="quiet">
          <Sentence text={why} />
        </p>
      )}
      <details>
        <summary>
          {say('incident.correlation')}, {say('sheet.undo')}
        </summary>
        <p className="address">{target}</p>
        {correlationIds.map((id) => (
          <p key={id} className="address numbers">
            {id}
          </p>
        ))}
        {undo !== undefined && <p className="address">{undo}</p>}
      </details>
    </li>
  );
};

/** The writes of the product, each with the ids that Azure's own logs have for it. */
export const Written = ({ writes }: { readonly writes: readonly Written[] }) => {
  const { say } = useWords();
  if (writes.length === 0) return <p className="quiet">{say('incident.noWrites')}</p>;
  return (
    <ol className="writes">
      {writes.map((write) => (
        <Write key={`${write.step}${write.target}${write.begunAt}`} write={write} />
      ))}
    </ol>
  );
};
