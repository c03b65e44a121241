import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { readMissing } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { Command } from '../../parts/command.tsx';
import { useWords } from '../../words/words-context.tsx';

/** Seconds between reads. A sweep finds missing subscriptions, every few minutes. */
const EVERY = 60;

/**
 * Asks a person whether missing subscriptions may go. Until there is an answer, the product goes on to guard the part of them
 * that it can see.
 */
export const Missing = () => {
  const { say } = useWords();
  const { value } = useRead(readMissing, EVERY);
  const open = (value?.value ?? []).filter(({ missing }) => missing?.asked && missing.answer === undefined);
  if (open.length === 0) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('now.missing', { n: open.length })}</MessageBarTitle> {say('now.missingAsks')}
        <Command text="cmk-guardian subscriptions --missing" />
        <Command text="cmk-guardian let-go --why '<why>'" />
        <Command text="cmk-guardian keep --why '<why>'" />
      </MessageBarBody>
    </MessageBar>
  );
};
