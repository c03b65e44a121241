import type { GetIncident200 } from '../../../client/api.ts';
import { readSettings } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { nameOf } from '../../model/names.ts';
import { portalLink } from '../../model/portal.ts';
import { Runbook } from '../../parts/runbook.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { Sign } from '../../parts/sign.tsx';
import { When } from '../../parts/when.tsx';
import { sayNamed } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';

type Of<Part extends keyof GetIncident200> = Pick<GetIncident200, Part>;

/** A consumer by its name; a link to its page in the portal, where that address is known. */
const Consumer = ({ id }: { readonly id: string }) => {
  const { say } = useWords();
  const settings = useRead(readSettings);
  const cloud = settings.value?.value.find(({ name }) => name === 'GUARDIAN_CLOUD')?.value;
  const link = cloud === undefined ? undefined : portalLink(cloud, id);
  if (link === undefined) return <span title={id}>{nameOf(id)}</span>;
  return (
    <a href={link} target="_blank" rel="noreferrer" title={say('incident.portal')}>
      {nameOf(id)}
    </a>
  );
};

export const Down = ({ consumers }: Of<'consumers'>) => {
  const { say } = useWords();
  if (consumers.length === 0) return <p>{say('incident.notDown')}</p>;
  return (
    <ul className="plain">
      {consumers.map(({ consumerId, minutesDown, atMostMinutes, isDownNow }) => (
        <li key={consumerId}>
          <Sign urgency={isDownNow ? 'down' : 'well'} isNamed={false} /> <Consumer id={consumerId} />{' '}
          <span className="numbers">
            {say('span.minutes', { n: minutesDown })}
            {atMostMinutes > minutesDown && `, ${say('incident.atMost', { n: atMostMinutes })}`}
            {isDownNow && `, ${say('incident.downNow')}`}
          </span>
        </li>
      ))}
    </ul>
  );
};

export const Cause = ({ cause }: Of<'cause'>) => {
  const { say } = useWords();
  return (
    <ul className="plain">
      {(cause.roots.length > 0 ? cause.roots : cause.faults).map(({ kind, target, sentence, runbook }) => (
        <li key={`${kind}${target}`}>
          <span className="strong">{sayNamed(say, 'fault', kind)}</span> <Sentence text={sentence} />
          {runbook !== undefined && (
            <p>
              <Runbook path={runbook} />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
};

export const Who = ({ who }: Of<'who'>) => (
  <ul className="plain">
    {who.acts.map(({ at, operation, by, on }) => (
      <li key={`${at}${operation}${on}`}>
        <span className="strong">{by}</span> {operation} <When at={at} />
      </li>
    ))}
    {who.says.map((said) => (
      <li key={said} className="quiet">
        {said}
      </li>
    ))}
  </ul>
);

export const People = ({ people }: Of<'people'>) => {
  const { say } = useWords();
  if (people.length === 0) return <p className="quiet">{say('incident.nobody')}</p>;
  return (
    <ul className="plain">
      {people.map(({ what, at, by, name, ticket, comment, why, seq }) => (
        <li key={seq}>
          <span className="strong">{sayNamed(say, 'moment', what)}</span> {name ?? by} <When at={at} />{' '}
          <span className="quiet">{[ticket, comment, why].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
  );
};
