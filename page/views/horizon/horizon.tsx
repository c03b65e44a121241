import { useMemo } from 'react';
import type { ListExpiry200 } from '../../../client/api.ts';
import { readEverything, readExpiry, readSettings } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { millisecondsOf } from '../../model/duration.ts';
import { lineId } from '../../model/line.ts';
import { CutOf } from '../../parts/cut.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { Shown } from '../../parts/shown.tsx';
import { useWords } from '../../words/words-context.tsx';
import { HorizonPlot } from './plot.tsx';
import { HorizonTable } from './table.tsx';

const DAYS = [30, 60, 90];

const Head = ({ expiry }: { readonly expiry: ListExpiry200 }) => {
  const { say } = useWords();
  const { value } = expiry;
  const within = DAYS.map((days) => ({ days, n: value.filter(({ daysLeft }) => daysLeft <= days).length }));
  return (
    <header className="headline">
      <h1 className="title">{value.length === 0 ? say('horizon.none') : say('horizon.title', { n: value.length })}</h1>
      <p className="quiet numbers">{within.map(({ days, n }) => say('horizon.within', { n, days })).join(' · ')}</p>
    </header>
  );
};

/** Consumers of a version that is not the current one: they would not notice a rotation. */
const Pinned = () => {
  const { say } = useWords();
  const all = useRead(readEverything);
  return (
    <section className="part">
      <h2 className="heading">{say('horizon.pinned')}</h2>
      <Shown loaded={all} rows={2} height={32}>
        {(read) => {
          const pinned = read.value.filter(({ fault, otherFaults }) =>
            [fault, ...otherFaults].includes('consumerPinnedToOldVersion'),
          );
          if (pinned.length === 0 && read.nextLink === undefined)
            return <p className="quiet">{say('horizon.noPinned')}</p>;
          return (
            <>
              <CutOf list={read} />
              <ul className="plain">
                {pinned.slice(0, 100).map((line) => (
                  <li key={lineId(line)}>
                    <span className="strong">{line.consumer?.name}</span> <Sentence text={line.sentence} />
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Shown>
    </section>
  );
};

/** How long before its expiry the product extends a version; `undefined` until the settings are read. */
const useThreshold = (): number | undefined => {
  const settings = useRead(readSettings);
  const found = settings.value?.value.find(({ name }) => name === 'GUARDIAN_NEAR_EXPIRY');
  return found?.value === undefined ? undefined : millisecondsOf(found.value);
};

const Seen = ({ expiry }: { readonly expiry: ListExpiry200 }) => {
  const threshold = useThreshold();
  const axis = useMemo(() => ({ from: Date.parse(expiry.now), to: Date.parse(expiry.until) }), [expiry]);
  return (
    <>
      <Head expiry={expiry} />
      <CutOf list={expiry} />
      {expiry.value.length > 0 && (
        <>
          <HorizonPlot all={expiry.value} axis={axis} threshold={threshold} />
          <HorizonTable all={expiry.value} />
        </>
      )}
    </>
  );
};

/** The versions that expire within twelve months, and the fate of each without an act of a person. */
const Horizon = () => {
  const expiry = useRead(readExpiry, 300);
  return (
    <>
      <Shown loaded={expiry} rows={3} height={120}>
        {(value) => <Seen expiry={value} />}
      </Shown>
      <Pinned />
    </>
  );
};

export default Horizon;
