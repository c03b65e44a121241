import { Button } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import type { GetOverrides200, GetSummary200, ListReconciliations200 } from '../../../client/api.ts';
import { readOverrides, readSummary, readWrong } from '../../api/readers.ts';
import { useSlowNow } from '../../api/server-clock.tsx';
import { useRead } from '../../api/use-read.ts';
import { useWho } from '../../api/who.tsx';
import { foldByCause } from '../../model/fold.ts';
import { headlineOf } from '../../model/headline.ts';
import { urgencyOf } from '../../model/urgency.ts';
import { CutOf } from '../../parts/cut.tsx';
import { Paged } from '../../parts/paged.tsx';
import { Shown } from '../../parts/shown.tsx';
import { OverrideSheet } from '../../sheets/override.tsx';
import { may } from '../../sign-in/signed-in.ts';
import { useWords } from '../../words/words-context.tsx';
import { HeadlineOf } from './headline.tsx';
import { Missing } from './missing.tsx';
import { Paused } from './paused.tsx';
import { Row } from './row.tsx';
import { Unseen } from './unseen.tsx';

const HOT = 10;
const CALM = 60;
/** Each row may unfold a hundred more rows: so a page has fewer of them. */
const ROWS = 50;

/** Seconds until the next look: few while something is wrong. */
const everyOf = (list: ListReconciliations200 | undefined): number =>
  list?.value.every((line) => urgencyOf(line) === 'noted' || urgencyOf(line) === 'unseen') ? CALM : HOT;

const Calm = ({ summary, hasUnseen }: { readonly summary: GetSummary200; readonly hasUnseen: boolean }) => {
  const { say } = useWords();
  const guarded = {
    consumers: say('count.consumers', { n: summary.consumers }),
    keys: say('count.keys', { n: summary.keys }),
    vaults: say('count.vaults', { n: summary.vaults }),
  };
  return (
    <p className="quiet">
      {say('now.guards', guarded)} {!hasUnseen && say('now.noUnseen')}
    </p>
  );
};

const PauseAll = ({ onDone }: { readonly onDone: () => void }) => {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button appearance="subtle" size="small" onClick={() => setOpen(true)}>
        {say('act.pauseAll')}
      </Button>
      {isOpen && (
        <OverrideSheet
          override="pause"
          onClose={close}
          onDone={() => {
            close();
            onDone();
          }}
        />
      )}
    </>
  );
};

type Seen = {
  readonly list: ListReconciliations200;
  readonly summary: GetSummary200 | undefined;
  readonly overrides: GetOverrides200 | undefined;
  readonly onDone: () => void;
};

const Seen = ({ list, summary, overrides, onDone }: Seen) => {
  const { say } = useWords();
  const who = useWho();
  const now = useSlowNow();
  const unseen = useMemo(() => list.value.filter((line) => urgencyOf(line) === 'unseen'), [list]);
  const groups = useMemo(() => foldByCause(list.value.filter((line) => urgencyOf(line) !== 'unseen')), [list]);
  return (
    <>
      <HeadlineOf headline={headlineOf(groups, now)} summary={summary} />
      <Paused overrides={overrides} />
      <Missing />
      <CutOf list={list} />
      <Paged items={groups} rows={ROWS}>
        {(shown) => (
          <ol className="rows" aria-label={say('now.list')}>
            {shown.map((group) => (
              <Row key={group.id} group={group} onDone={onDone} />
            ))}
          </ol>
        )}
      </Paged>
      <Unseen lines={unseen} />
      {summary && summary.keys > 0 && <Calm summary={summary} hasUnseen={unseen.length > 0} />}
      <footer className="foot">
        <span className="quiet">{say('load.every', { n: everyOf(list) })}</span>
        {may(who, 'Operator') && <PauseAll onDone={onDone} />}
      </footer>
    </>
  );
};

/** The faults of now, the affected consumers with their deadlines, and the questions to the person who looks. */
export const Now = () => {
  const list = useRead(readWrong, everyOf);
  const every = everyOf(list.value);
  const summary = useRead(readSummary, every);
  const overrides = useRead(readOverrides, every);
  const again = () => [list, summary, overrides].forEach((one) => void one.again());
  return (
    <Shown loaded={list} rows={3} height={96}>
      {(value) => <Seen list={value} summary={summary.value} overrides={overrides.value} onDone={again} />}
    </Shown>
  );
};
