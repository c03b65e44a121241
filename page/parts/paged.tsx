import { Button } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useWords } from '../words/words-context.tsx';

/** The most rows that are in the document at once. */
const ROWS = 100;

/** A list in pages. `name`: a list with another name begins at its first page. */
export const Paged = <Item,>(props: {
  readonly items: readonly Item[];
  readonly rows?: number;
  readonly children: (items: readonly Item[]) => ReactNode;
}) => {
  const { items, rows = ROWS, children } = props;
  const { say } = useWords();
  const [asked, setPage] = useState(0);
  const last = Math.max(0, Math.ceil(items.length / rows) - 1);
  const page = Math.min(asked, last);
  const shown = items.slice(page * rows, (page + 1) * rows);
  return (
    <>
      {children(shown)}
      {last > 0 && (
        <nav className="pages" aria-label={say('pages.label')}>
          <Button size="small" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {say('pages.back')}
          </Button>
          <span className="numbers">
            {say('pages.of', { from: page * rows + 1, to: page * rows + shown.length, all: items.length })}
          </span>
          <Button size="small" disabled={page === last} onClick={() => setPage(page + 1)}>
            {say('pages.next')}
          </Button>
        </nav>
      )}
    </>
  );
};
