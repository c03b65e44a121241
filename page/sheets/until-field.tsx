import { Field, Input } from '@fluentui/react-components';
import { useWords } from '../words/words-context.tsx';

/** An instant as a browser's field has it, in the zone of who reads, as the API takes it. */
export const asInstant = (local: string): string | undefined => {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** Until when an override holds; left empty, until it is lifted. */
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
