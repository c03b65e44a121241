import { useState } from 'react';
import type { Loss } from '../../model/losses.ts';
import { keyLabel } from '../../model/names.ts';
import { Paged } from '../../parts/paged.tsx';
import { sayNamed } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';

/** The most consumers that an unfolded row names. */
const NAMED = 50;

const Losers = ({ loss }: { readonly loss: Loss }) => {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const { losers } = loss;
  if (losers.length === 0) return <span className="quiet">{say('estate.nobody')}</span>;
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('estate.goDown', { n: losers.length })}</summary>
      {isOpen && (
        <ul className="plain">
          {losers.slice(0, NAMED).map(({ id, name, kind }) => (
            <li key={id} title={id}>
              {name} <span className="quiet">{sayNamed(say, 'kind', kind)}</span>
            </li>
          ))}
          {losers.length > NAMED && <li className="quiet">{say('load.more', { n: NAMED })}</li>}
        </ul>
      )}
    </details>
  );
};

/** The loss with the most consumers comes first. */
const byImpact = (one: Loss, other: Loss): number =>
  other.losers.length - one.losers.length || one.id.localeCompare(other.id);

/** Keys or vaults, and for each the consumers that go down when it is lost. */
export const LossTable = ({ losses, of }: { readonly losses: readonly Loss[]; readonly of: 'keys' | 'vaults' }) => {
  const { say } = useWords();
  return (
    <Paged items={losses.toSorted(byImpact)}>
      {(shown) => (
        <div className="scroller">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say(of === 'keys' ? 'estate.key' : 'estate.vault')}</th>
                {of === 'keys' && <th scope="col">{say('estate.vault')}</th>}
                <th scope="col">{say('estate.ifLost')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((loss) => (
                <tr key={loss.id} data-row tabIndex={0}>
                  <td className="strong" title={loss.id}>
                    {of === 'keys' ? keyLabel(loss.id) : loss.id}
                  </td>
                  {of === 'keys' && <td>{loss.vault}</td>}
                  <td>
                    <Losers loss={loss} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Paged>
  );
};
