import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useWords } from '../words/words-context.tsx';

/** What could not be loaded or done, in the words of whoever refused it, and what to do about it. */
export const Trouble = ({ error, onAgain }: { readonly error: Error; readonly onAgain?: () => void }) => {
  const { say } = useWords();
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('load.failed')}</MessageBarTitle> {error.message}
      </MessageBarBody>
      {onAgain && (
        <MessageBarActions>
          <Button onClick={onAgain}>{say('load.again')}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
};
