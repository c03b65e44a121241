import type { Urgency } from '../model/urgency.ts';
import { useWords } from '../words/words-context.tsx';

const RING = <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.75" />;

/** Each state has a shape of its own: the colour only repeats it. */
const SHAPES: Readonly<Record<Urgency, React.ReactNode>> = {
  down: <circle cx="8" cy="8" r="7" fill="currentColor" />,
  threatened: (
    <>
      {RING}
      <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
    </>
  ),
  asked: (
    <>
      {RING}
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
  working: <path d="M8 2a6 6 0 1 1-5.2 3" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  noted: RING,
  unseen: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.75" strokeDasharray="2.5 2.2" />,
  well: <path d="m3 8.5 3.2 3.2L13 5" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
};

/** The sign of a state. `isNamed`: the sign has its name as a label, for a place without words beside it. */
export const Sign = ({ urgency, isNamed = true }: { readonly urgency: Urgency; readonly isNamed?: boolean }) => {
  const { say } = useWords();
  const label = say(`now.sign.${urgency}`);
  return isNamed ? (
    <svg className={`sign is-${urgency}`} viewBox="0 0 16 16" role="img" aria-label={label}>
      <title>{label}</title>
      {SHAPES[urgency]}
    </svg>
  ) : (
    <svg className={`sign is-${urgency}`} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[urgency]}
    </svg>
  );
};
