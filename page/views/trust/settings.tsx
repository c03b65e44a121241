import type { GetSettings200ValueItem } from '../../../client/api.ts';
import { readSettings } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { Shown } from '../../parts/shown.tsx';
import type { Say } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';

const shownOf = (say: Say, { is, value }: GetSettings200ValueItem): string => {
  if (is === 'absent') return say('trust.notSet');
  return value ?? say('trust.isSecret');
};

/** The settings of the product, each with its purpose. */
export const Settings = () => {
  const { say } = useWords();
  const settings = useRead(readSettings);
  return (
    <section>
      <h2 className="heading">{say('trust.settings')}</h2>
      <Shown loaded={settings} rows={6} height={40}>
        {({ value: all }) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the window is moved by the keyboard too
          <section className="scroller" tabIndex={0} aria-label={say('trust.settings')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{say('trust.setting')}</th>
                  <th scope="col">{say('trust.value')}</th>
                </tr>
              </thead>
              <tbody>
                {all.map((one) => (
                  <tr key={one.name}>
                    <td>
                      <code>{one.name}</code>
                      <p className="quiet">{one.purpose}</p>
                    </td>
                    <td className="value">
                      {shownOf(say, one)}{' '}
                      {one.is === 'default' && <span className="quiet">({say('trust.isDefault')})</span>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
      </Shown>
    </section>
  );
};
