import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useWho } from '../../api/who.tsx';
import { actsOf } from '../../model/acts.ts';
import type { Group } from '../../model/fold.ts';
import { type Line, lineId } from '../../model/line.ts';
import { keyLabel, resourceGroupOf } from '../../model/names.ts';
import { hashOf } from '../../model/route.ts';
import { stepsBy } from '../../model/steps-done.ts';
import { urgencyOf } from '../../model/urgency.ts';
import { Count } from '../../parts/count.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { Sign } from '../../parts/sign.tsx';
import { may } from '../../sign-in/signed-in.ts';
import { sayNamed } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';
import { RowActs } from './row-acts.tsx';

const Name = ({ line }: { readonly line: Line }) => {
  const { say } = useWords();
  const { consumer, incident, owner } = line;
  const name = consumer?.name ?? say('now.row.noConsumer', { name: keyLabel(line.key) });
  const about = [
    consumer ? sayNamed(say, 'kind', consumer.kind) : say('now.row.noUser'),
    consumer && resourceGroupOf(consumer.id),
    line.vault,
    owner && say('now.owner', { owner }),
  ].filter(Boolean);
  return (
    <div className="row-name">
      {incident === undefined ? (
        <span className="strong">{name}</span>
      ) : (
        <a className="strong" href={hashOf({ view: 'incidents', id: incident })} data-open>
          {name}
        </a>
      )}
      <span className="quiet"> {about.join(' · ')}</span>
    </div>
  );
};

/**
 * The present action of the product, or the event for which it waits. For a question the API's text names routes: this names the
 * page's buttons instead.
 */
const Doing = ({ line }: { readonly line: Line }) => {
  const { say } = useWords();
  const who = useWho();
  const { kind, sentence } = line.nextAction;
  const asked = stepsBy(line, 'ask');
  if (kind === 'asks' && asked.length > 0)
    return (
      <p>
        {say('now.waits', { acts: actsOf(say, asked) })} {!may(who, 'Approver') && say('act.needsApprover')}
      </p>
    );
  if (kind === 'repairs' && line.plan) return <p>{say('now.does', { acts: actsOf(say, line.plan.steps) })}</p>;
  return kind === 'none' ? null : (
    <p>
      <Sentence text={sentence} />
    </p>
  );
};

/** A link to the evidence. */
const Why = ({ incident }: { readonly incident: string | undefined }) => {
  const { say } = useWords();
  return incident === undefined ? null : <a href={hashOf({ view: 'incidents', id: incident })}>{say('act.why')}</a>;
};

const OtherLines = ({ lines }: { readonly lines: readonly Line[] }) => (
  <ul className="others">
    {lines.map((line) => (
      <li key={lineId(line)}>
        <Sign urgency={urgencyOf(line)} /> <Name line={line} />
        <Count line={line} />
      </li>
    ))}
  </ul>
);

/** The most rows of one cause that are unfolded at once. */
const UNFOLDED = 100;

const Folded = ({ lines }: { readonly lines: readonly Line[] }) => {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (lines.length === 0) return null;
  return (
    <div>
      <Button
        size="small"
        appearance="transparent"
        className="unfold"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {say(isOpen ? 'now.othersHide' : 'now.others', { n: lines.length })}
      </Button>
      {isOpen && <OtherLines lines={lines.slice(0, UNFOLDED)} />}
    </div>
  );
};

/** One root cause: the most affected consumer, the present action, and the other consumers below. */
export const Row = ({ group, onDone }: { readonly group: Group; readonly onDone: () => void }) => {
  const { first, lines } = group;
  const urgency = urgencyOf(first);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: j and k go from row to row
    <li className={`row is-${urgency}`} data-row tabIndex={0}>
      <Sign urgency={urgency} />
      <div className="row-body">
        <Name line={first} />
        <p>
          <Sentence text={first.sentence} /> <Why incident={first.incident} />
        </p>
        <Doing line={first} />
        <Folded lines={lines.slice(1)} />
      </div>
      <Count line={first} />
      <RowActs line={first} onDone={onDone} />
    </li>
  );
};
