import { Field, Textarea } from '@fluentui/react-components';
import { useWords } from '../words/words-context.tsx';

/** The reason for an override: the sheet demands it, since the ledger keeps it. */
export const WhyField = ({ why, onWhy }: { readonly why: string; readonly onWhy: (why: string) => void }) => {
  const { say } = useWords();
  return (
    <Field label={say('sheet.why')} hint={say('sheet.why.hint')} required>
      <Textarea value={why} maxLength={1_000} onChange={(_event, { value }) => onWhy(value)} />
    </Field>
  );
};
