import { lazy, Suspense, useMemo } from 'react';
import type { GetHistory200 } from '../../../client/api.ts';
import { readHistory } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { flappingKeys } from '../../model/flapping.ts';
import { measuredOf } from '../../model/measured.ts';
import { keyLabel } from '../../model/names.ts';
import { Shown } from '../../parts/shown.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { useWords } from '../../words/words-context.tsx';
import { Averted } from './averted.tsx';
import { Strips } from './strips.tsx';
import { WouldHave } from './would-have.tsx';

const WeeksChart = lazy(() => import('./weeks-chart.tsx'));

const Weeks = ({ weeks }: Pick<GetHistory200, 'weeks'>) => {
  const { say } = useWords();
  return (
    <section className="part">
      <h2 className="heading">{say('history.perWeek')}</h2>
      <Suspense fallback={<Waiting rows={1} height={220} />}>
        <WeeksChart weeks={weeks} />
      </Suspense>
    </section>
  );
};

const Flapping = ({ value }: Pick<GetHistory200, 'value'>) => {
  const { say } = useWords();
  const flapping = useMemo(() => flappingKeys(value), [value]);
  return (
    <section className="part">
      <h2 className="heading">{say('history.flapping')}</h2>
      {flapping.length === 0 ? (
        <p className="quiet">{say('history.noFlapping')}</p>
      ) : (
        <ul className="plain">
          {flapping.slice(0, 50).map(({ key, count }) => (
            <li key={key} title={key}>
              {say('history.flapping.key', { name: keyLabel(key), n: count })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const Figures = ({ history }: { readonly history: GetHistory200 }) => {
  const { say } = useWords();
  const { value, weeks, incidents } = history;
  if (value.length === 0) return <p className="quiet">{say('history.none')}</p>;
  const { measured, opened } = incidents;
  return (
    <>
      <Averted value={value} />
      {measured < opened && (
        <p className="stale" role="status">
          {say('history.newest', { measured, opened })}
        </p>
      )}
      <div className="bars">
        <Strips title={say('history.toDetect')} measured={measuredOf(history, 'toDetect')} />
        <Strips title={say('history.toHeal')} measured={measuredOf(history, 'toHeal')} />
        <Weeks weeks={weeks} />
        <Flapping value={value} />
      </div>
    </>
  );
};

/** The past: prevented outage, speed of repairs, number of incidents. */
const History = () => {
  const { say } = useWords();
  const history = useRead(readHistory);
  return (
    <>
      <h1 className="title">{say('view.history')}</h1>
      <Shown loaded={history} rows={3} height={140}>
        {(value) => <Figures history={value} />}
      </Shown>
      <WouldHave />
    </>
  );
};

export default History;
