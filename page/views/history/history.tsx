import { lazy, Suspense, useMemo } from 'react';
import { serverNow } from '../../api/server-clock.tsx';
import { useRead } from '../../api/use-read.ts';
import { measuredBy } from '../../model/measured.ts';
import { keyLabel } from '../../model/names.ts';
import { flappingKeys, incidentsByWeek } from '../../model/weeks.ts';
import { Shown } from '../../parts/shown.tsx';
import { Waiting } from '../../parts/waiting.tsx';
import { useWords } from '../../words/words-context.tsx';
import { Averted } from './averted.tsx';
import { type History as Read, readHistory } from './read-history.ts';
import { Strips } from './strips.tsx';
import { WouldHave } from './would-have.tsx';

const WeeksChart = lazy(() => import('./weeks-chart.tsx'));

const WEEKS = 12;

const Weeks = ({ all }: Pick<Read, 'all'>) => {
  const { say } = useWords();
  const weeks = useMemo(() => incidentsByWeek(all, serverNow(), WEEKS), [all]);
  return (
    <section className="part">
      <h2 className="heading">{say('history.perWeek')}</h2>
      <Suspense fallback={<Waiting rows={1} height={220} />}>
        <WeeksChart weeks={weeks} />
      </Suspense>
    </section>
  );
};

const Flapping = ({ all }: Pick<Read, 'all'>) => {
  const { say } = useWords();
  const flapping = useMemo(() => flappingKeys(all), [all]);
  return (
    <section className="part">
      <h2 className="heading">{say('history.flapping')}</h2>
      {flapping.length === 0 ? (
        <p className="quiet">{say('history.noFlapping')}</p>
      ) : (
        <ul className="plain">
          {flapping.slice(0, 50).map(({ keyId, count }) => (
            <li key={keyId} title={keyId}>
              {say('history.flapping.key', { name: keyLabel(keyId), n: count })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

const Figures = ({ history }: { readonly history: Read }) => {
  const { say } = useWords();
  const { all, whole } = history;
  if (all.length === 0) return <p className="quiet">{say('history.none')}</p>;
  return (
    <>
      <Averted whole={whole} />
      <div className="bars">
        <Strips title={say('history.toDetect')} measured={measuredBy(whole, 'toDetect')} />
        <Strips title={say('history.toHeal')} measured={measuredBy(whole, 'toHeal')} />
        <Weeks all={all} />
        <Flapping all={all} />
      </div>
    </>
  );
};

/** How it has gone: what did not happen, how fast it was, how often it broke. */
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
