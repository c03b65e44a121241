import { Button, SearchBox } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { readEverything, readFailures } from '../../api/readers.ts';
import type { Loaded } from '../../api/use-loaded.ts';
import { useRead } from '../../api/use-read.ts';
import type { Line } from '../../model/line.ts';
import { lossesOfKeys, lossesOfVaults } from '../../model/losses.ts';
import { failuresBySubject } from '../../model/posture-marks.ts';
import { isMeant } from '../../model/search.ts';
import { Cut, CutOf } from '../../parts/cut.tsx';
import { Shown } from '../../parts/shown.tsx';
import { When } from '../../parts/when.tsx';
import { sayNamed } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';
import { ConsumerTable } from './consumers.tsx';
import { Gaps } from './gaps.tsx';
import { LossTable } from './loss-table.tsx';

const TABS = ['consumers', 'keys', 'vaults'] as const;

type Tabs = (typeof TABS)[number];

type Failures = Awaited<ReturnType<typeof readFailures>>;

const ReportNote = ({ report }: { readonly report: Loaded<Failures> }) => {
  const { say } = useWords();
  if (report.at === undefined) return null;
  if (!report.value) return <span>{say('estate.reportMade')}</span>;
  const [before, after] = say('estate.reportAge', { ago: '|' }).split('|');
  return (
    <>
      <span>
        {before}
        <When at={report.value.finishedAt} />
        {after}
      </span>
      <Cut n={report.value.lines.length} isCut={report.value.nextLink !== undefined} />
    </>
  );
};

const Found = (props: { readonly tab: Tabs; readonly lines: readonly Line[]; readonly report: Loaded<Failures> }) => {
  const { tab, lines, report } = props;
  const { say } = useWords();
  const failures = useMemo(() => report.value && failuresBySubject(report.value.lines), [report.value]);
  const losses = useMemo(() => (tab === 'vaults' ? lossesOfVaults(lines) : lossesOfKeys(lines)), [tab, lines]);
  if (lines.length === 0) return <p className="quiet">{say('estate.none')}</p>;
  if (tab === 'consumers') return <ConsumerTable lines={lines} failures={failures} />;
  return <LossTable losses={losses} of={tab} />;
};

const Tabs = ({ tab, onTab }: { readonly tab: Tabs; readonly onTab: (tab: Tabs) => void }) => {
  const { say } = useWords();
  return (
    <fieldset className="tabs">
      <legend className="unseen-legend">{say('view.estate')}</legend>
      {TABS.map((one) => (
        <Button
          key={one}
          appearance={one === tab ? 'secondary' : 'subtle'}
          aria-pressed={one === tab}
          onClick={() => onTab(one)}
        >
          {say(`estate.${one}`)}
        </Button>
      ))}
    </fieldset>
  );
};

const Searched = ({ lines, report }: { readonly lines: readonly Line[]; readonly report: Loaded<Failures> }) => {
  const { say } = useWords();
  const [tab, setTab] = useState<Tabs>('consumers');
  const [search, setSearch] = useState('');
  const found = useMemo(
    () => lines.filter((line) => isMeant(line, search, line.consumer ? sayNamed(say, 'kind', line.consumer.kind) : '')),
    [lines, search, say],
  );
  return (
    <>
      <div className="headline">
        <SearchBox
          className="search"
          aria-label={say('estate.search')}
          placeholder={say('estate.search')}
          value={search}
          onChange={(_event, { value }) => setSearch(value)}
        />
        <span className="quiet numbers">{say('estate.found', { n: found.length, all: lines.length })}</span>
      </div>
      <Tabs tab={tab} onTab={setTab} />
      <Found tab={tab} lines={found} report={report} />
    </>
  );
};

/** All guarded keys: the consumers of each key, the state of each, and the consumers that go down with a key or vault. */
const Estate = () => {
  const { say } = useWords();
  const all = useRead(readEverything, 300);
  const report = useRead(readFailures, (value) => (value ? 300 : 15));
  return (
    <>
      <header className="headline">
        <h1 className="title">{say('view.estate')}</h1>
        <div className="row-acts quiet">
          <ReportNote report={report} />
          <Button size="small" className="no-print" onClick={() => print()}>
            {say('estate.print')}
          </Button>
        </div>
      </header>
      <Shown loaded={all} rows={6} height={40}>
        {(read) => (
          <>
            <CutOf list={read} />
            <Searched lines={read.value} report={report} />
          </>
        )}
      </Shown>
      <Gaps />
    </>
  );
};

export default Estate;
