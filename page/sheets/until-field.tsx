import { Field, Input } from '@fluentui/react-components';
import { useWords } from '../words/words-context.tsx';

/** Converts the value of a browser's field, an instant in the reader's zone, to the form of the API. */
export const asInstant = (local: string): string | undefined => {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** The end of an override; left empty, the override holds until it is lifted. */
export const UntilField = ({
  until,
  onUntil,
}: {
  readonly until: string;
  readonly onUntil: (until: string) => void;
}) => {
  const { say } = useWords();
  return (
    <Field label={`${say('sheet.until')} (${say('sheet.optional')})`} hint={say('sheet.until.hint')}>
      <Input type="datetime-local" value={until} onChange={(_event, { value }) => onUntil(value)} />
    </Field>
  );
};
