import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { readMissing } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { Command } from '../../parts/command.tsx';
import { useWords } from '../../words/words-context.tsx';

/** A sweep is what finds them, every few minutes. */
const EVERY = 60;

/** That a person is asked whether subscriptions may go: as long as nobody answers, what is there is looked after as far as it can be seen. */
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
        <Command text="cmk-guardian let-go --why <text>" />
        <Command text="cmk-guardian keep --why <text>" />
      </MessageBarBody>
    </MessageBar>
  );
};
