import { runbookPlace } from '../model/runbook.ts';
import { useWords } from '../words/words-context.tsx';

/** The way to what a person does about a fault, step by step. It opens beside the page, which goes on. */
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
