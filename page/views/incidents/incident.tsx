import { Button } from '@fluentui/react-components';
import { type ReactNode, useMemo } from 'react';
import type { GetIncident200 } from '../../../client/api.ts';
import { readIncident } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { incidentText } from '../../model/incident-text.ts';
import { keyLabel, keyNameOf } from '../../model/names.ts';
import { hashOf } from '../../model/route.ts';
import { spanOf } from '../../model/span.ts';
import { CopyButton } from '../../parts/command.tsx';
import { spanText } from '../../parts/count.tsx';
import { Shown } from '../../parts/shown.tsx';
import { When } from '../../parts/when.tsx';
import { useWords } from '../../words/words-context.tsx';
import { Cause, Down, People, Who } from './facts.tsx';
import { GoingOn } from './going-on.tsx';
import { Moments } from './moments.tsx';
import { Proof } from './proof.tsx';
import { Timeline } from './timeline.tsx';
import { Written } from './written.tsx';

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="part">
    <h2 className="heading">{title}</h2>
    {children}
  </section>
);

const Figures = ({ seconds }: Pick<GetIncident200, 'seconds'>) => {
  const { say } = useWords();
  const all = [
    [seconds.toDetect, 'incident.toDetect'],
    [seconds.toDecide, 'incident.toDecide'],
    [seconds.toHeal, 'incident.toHeal'],
  ] as const;
  return (
    <dl className="figures">
      {all
        .filter(([value]) => value !== undefined)
        .map(([value = 0, word]) => (
          <div key={word}>
            <dt>{say(word)}</dt>
            <dd className="numbers">{spanText(say, spanOf(value))}</dd>
          </div>
        ))}
    </dl>
  );
};

/** The end of the picture: the last moment, or now while the incident is open. */
const untilOf = ({ isOpen, timeline, now }: GetIncident200): number => {
  const [first, last] = [timeline[0], timeline.at(-1)];
  if (!isOpen || !first) return last?.seconds ?? 0;
  return (Date.parse(now) - Date.parse(first.at)) / 1_000 + first.seconds;
};

const Head = ({ incident }: { readonly incident: GetIncident200 }) => {
  const { say } = useWords();
  return (
    <header className="headline">
      <div>
        <p>
          <a href={hashOf({ view: 'incidents' })} className="no-print">
            ← {say('incident.back')}
          </a>
        </p>
        <h1 className="title">{say('incident.title', { name: keyLabel(incident.key) })}</h1>
        <p className="quiet">
          {keyNameOf(incident.key)?.vault} · {say(incident.isOpen ? 'incidents.open' : 'incidents.closed')} ·{' '}
          <When at={incident.openedAt} /> · <span className="numbers">{incident.id}</span>
        </p>
      </div>
      <div className="row-acts no-print">
        <CopyButton text={incidentText(say, incident)} label={say('incident.copyList')} />
        <Button size="small" onClick={() => print()}>
          {say('incident.print')}
        </Button>
      </div>
    </header>
  );
};

type Whole = { readonly incident: GetIncident200; readonly onDone: () => void };

const Whole = ({ incident, onDone }: Whole) => {
  const { say } = useWords();
  return (
    <article className="incident">
      <Head incident={incident} />
      {incident.isOpen && <GoingOn id={incident.id} onDone={onDone} />}
      <Figures seconds={incident.seconds} />
      <Timeline moments={incident.timeline} until={untilOf(incident)} />
      {incident.lostAt === undefined && <p className="quiet">{say('incident.noLoss')}</p>}
      <div className="columns">
        <Part title={say('incident.cause')}>
          <Cause cause={incident.cause} />
        </Part>
        <Part title={say('incident.down')}>
          <Down consumers={incident.consumers} />
        </Part>
        <Part title={say('incident.who')}>
          <Who who={incident.who} />
        </Part>
        <Part title={say('incident.people')}>
          <People people={incident.people} />
        </Part>
        <Part title={say('incident.writes')}>
          <Written writes={incident.writes} />
        </Part>
        <Part title={say('incident.proof')}>
          <Proof ledger={incident.ledger} evidence={incident.evidence} isOpen={incident.isOpen} />
        </Part>
      </div>
      <Part title={say('incident.list')}>
        <Moments moments={incident.timeline} />
      </Part>
    </article>
  );
};

/** One incident in full. While the incident is open, the page reads it again and again. */
export const Incident = ({ id }: { readonly id: string }) => {
  const incident = useRead(
    useMemo(() => readIncident(id), [id]),
    (value) => (value && !value.isOpen ? 3_600 : 10),
  );
  return (
    <Shown loaded={incident} rows={4} height={110}>
      {(value) => <Whole incident={value} onDone={() => void incident.again()} />}
    </Shown>
  );
};
