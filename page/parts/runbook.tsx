import { runbookPlace } from '../model/runbook.ts';
import { useWords } from '../words/words-context.tsx';

/** A link to the runbook of a fault. It opens in a tab of its own, so that the page stays open. */
export const Runbook = ({ path }: { readonly path: string }) => {
  const { say } = useWords();
  const place = runbookPlace(path);
  if (place === undefined) return <code>{path}</code>;
  return (
    <a href={place} target="_blank" rel="noreferrer">
      {say('incident.runbook')}
    </a>
  );
};
