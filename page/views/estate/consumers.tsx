import type { GetPosture200LinesItem } from '../../../client/api.ts';
import { type Line, lineId } from '../../model/line.ts';
import { keyLabel, resourceGroupOf } from '../../model/names.ts';
import { failuresOf } from '../../model/posture-marks.ts';
import { hashOf } from '../../model/route.ts';
import { byUrgency, urgencyOf } from '../../model/urgency.ts';
import { Paged } from '../../parts/paged.tsx';
import { Sign } from '../../parts/sign.tsx';
import { sayNamed } from '../../words/say.ts';
import { useWords } from '../../words/words-context.tsx';

type Failures = ReadonlyMap<string, readonly GetPosture200LinesItem[]> | undefined;

const Posture = ({ line, failures }: { readonly line: Line; readonly failures: Failures }) => {
  const { say } = useWords();
  if (!failures) return <span className="quiet">{say('estate.posture.none')}</span>;
  const failing = failuresOf(failures, [line.consumer?.id, line.key]);
  if (failing.length === 0) return <span className="quiet">{say('estate.posture.passes')}</span>;
  return (
    <details>
      <summary>{say('estate.posture.fails', { n: failing.length })}</summary>
      {failing.map(({ row, statement, evidence }) => (
        <p key={`${row}${statement}`}>
          {statement} <span className="quiet address">{evidence}</span>
        </p>
      ))}
    </details>
  );
};

const Name = ({ line }: { readonly line: Line }) => {
  const { say } = useWords();
  const { consumer, incident, key } = line;
  const name = consumer?.name ?? say('now.row.noConsumer', { name: keyLabel(key) });
  if (incident === undefined) return <span className="strong">{name}</span>;
  return (
    <a className="strong" href={hashOf({ view: 'incidents', id: incident })} data-open>
      {name}
    </a>
  );
};

const Row = ({ line, failures }: { readonly line: Line; readonly failures: Failures }) => {
  const { say } = useWords();
  const { consumer } = line;
  const urgency = urgencyOf(line);
  return (
    <tr data-row tabIndex={0}>
      <td>
        <Sign urgency={urgency} isNamed={false} /> {say(`now.sign.${urgency}`)}
      </td>
      <td>
        <Name line={line} />
        {consumer && (
          <p className="quiet">
            {sayNamed(say, 'kind', consumer.kind)} · {resourceGroupOf(consumer.id)}
          </p>
        )}
      </td>
      <td>
        {keyLabel(line.key)} <p className="quiet">{line.vault}</p>
      </td>
      <td>{line.owner}</td>
      <td>
        <Posture line={line} failures={failures} />
      </td>
    </tr>
  );
};

/** One row for each consumer of each key, the most urgent first. */
export const ConsumerTable = ({
  lines,
  failures,
}: {
  readonly lines: readonly Line[];
  readonly failures: Failures;
}) => {
  const { say } = useWords();
  return (
    <Paged items={lines.toSorted(byUrgency)}>
      {(shown) => (
        <div className="scroller">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{say('estate.state')}</th>
                <th scope="col">{say('estate.name')}</th>
                <th scope="col">{say('estate.key')}</th>
                <th scope="col">{say('estate.owner')}</th>
                <th scope="col">{say('estate.posture')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((line) => (
                <Row key={lineId(line)} line={line} failures={failures} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Paged>
  );
};
