import { useState } from 'react';
import { readGaps } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { type Line, lineId } from '../../model/line.ts';
import { keyLabel } from '../../model/names.ts';
import { Command } from '../../parts/command.tsx';
import { Sentence } from '../../parts/sentence.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useWords } from '../../words/words-context.tsx';

/** The most resources of each kind that are named here; the view Estate has all. */
const NAMED = 20;

const Ways = () => {
  const gaps = useRead(readGaps);
  return (
    <Shown loaded={gaps} rows={1}>
      {(value) =>
        [...new Set((value?.value ?? []).filter(({ canSee }) => canSee !== true).flatMap(({ commands }) => commands))]
          .slice(0, NAMED)
          .map((command) => <Command key={command} text={command} />)
      }
    </Shown>
  );
};

/**
 * The resources that could not be seen, and the commands that open access. The commands are loaded when a reader unfolds them.
 */
export const Unseen = ({ lines }: { readonly lines: readonly Line[] }) => {
  const { say } = useWords();
  const [isOpen, setOpen] = useState(false);
  if (lines.length === 0) return null;
  return (
    <details className="unseen" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Sign urgency="unseen" isNamed={false} /> {say('now.unseen', { n: lines.length })}{' '}
        <span className="quiet">{say('now.opensTheWay')}</span>
      </summary>
      <ul>
        {lines.slice(0, NAMED).map((line) => (
          <li key={lineId(line)}>
            <span className="strong">{keyLabel(line.key)}</span> <span className="quiet">{line.vault}</span>{' '}
            <Sentence text={line.notAssessed?.why ?? line.sentence} />
          </li>
        ))}
      </ul>
      {isOpen && <Ways />}
    </details>
  );
};
