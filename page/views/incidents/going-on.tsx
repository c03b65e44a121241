import { readWrong } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { foldByCause } from '../../model/fold.ts';
import { Shown } from '../../parts/shown.tsx';
import { useWords } from '../../words/words-context.tsx';
import { Row } from '../now/row.tsx';

type Props = { readonly id: string; readonly onDone: () => void };

/**
 * The present action of an open incident, or the event for which it waits, with the buttons of the first view: links in messages
 * lead here.
 */
export const GoingOn = ({ id, onDone }: Props) => {
  const { say } = useWords();
  const list = useRead(readWrong, 10);
  const again = () => {
    void list.again();
    onDone();
  };
  return (
    <Shown loaded={list} rows={1} height={96}>
      {({ value }) => {
        const groups = foldByCause(value.filter(({ incident }) => incident === id));
        if (groups.length === 0) return null;
        return (
          <ol className="rows no-print" aria-label={say('now.list')}>
            {groups.map((group) => (
              <Row key={group.id} group={group} onDone={again} />
            ))}
          </ol>
        );
      }}
    </Shown>
  );
};
