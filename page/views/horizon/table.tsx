import { type Expiring, fateOf } from '../../model/horizon-layout.ts';
import { keyLabel } from '../../model/names.ts';
import { Paged } from '../../parts/paged.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { OnDay, When } from '../../parts/when.tsx';
import { useWords } from '../../words/words-context.tsx';
import { FateSign } from './fate.tsx';

const NAMED = 3;

const Users = ({ one }: { readonly one: Expiring }) => {
  const { say } = useWords();
  const named = one.consumers.slice(0, NAMED).map(({ name }) => name);
  const more = one.consumers.length - named.length + (one.moreConsumers ?? 0);
  return [...named, ...(more > 0 ? [say('horizon.moreUsers', { n: more })] : [])].join(', ');
};

const Row = ({ one }: { readonly one: Expiring }) => {
  const { say } = useWords();
  const fate = fateOf(one);
  return (
    <tr data-row tabIndex={0}>
      <td className="numbers end strong" data-label={say('horizon.timeLeft')}>
        <When at={one.expiresOn} />
      </td>
      <td>
        <span className="strong">{keyLabel(one.key)}</span>{' '}
        <span className="quiet" title={one.version}>
          {one.version.slice(0, 8)} · {one.vault}
        </span>
      </td>
      <td>
        <OnDay at={one.expiresOn} />
      </td>
      <td>
        <Users one={one} />
      </td>
      <td>
        <FateSign fate={fate} /> {say(`horizon.fate.${fate}`)}
        <p className="quiet">
          <Sentence text={one.outlook.sentence} />
        </p>
      </td>
    </tr>
  );
};

/** The same as the plot, by days left. */
export const HorizonTable = ({ all }: { readonly all: readonly Expiring[] }) => {
  const { say } = useWords();
  const inOrder = all.toSorted((one, other) => one.daysLeft - other.daysLeft);
  return (
    <Paged items={inOrder} rows={40}>
      {(shown) => (
        <div className="scroller">
          <table className="table">
            <thead>
              <tr>
                <th scope="col" className="end">
                  {say('horizon.timeLeft')}
                </th>
                <th scope="col">{say('horizon.key')}</th>
                <th scope="col">{say('horizon.expires')}</th>
                <th scope="col">{say('horizon.users')}</th>
                <th scope="col">{say('horizon.happens')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <Row key={`${one.key}${one.version}`} one={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Paged>
  );
};
