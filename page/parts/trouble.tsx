import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { SignInFailed } from '../sign-in/failed.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words-context.tsx';

const sentenceOf = (error: Error, say: Say): string =>
  error instanceof SignInFailed
    ? [say(`signIn.trouble.${error.trouble}`), error.detail].filter(Boolean).join(' ')
    : error.message;

const isSignInNeeded = (error: Error): boolean => error instanceof SignInFailed && error.trouble === 'needed';

/** What could not be loaded or done, in the words of whoever refused it, and what to do about it. */
export const Trouble = ({ error, onAgain }: { readonly error: Error; readonly onAgain?: () => void }) => {
  const { say } = useWords();
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('load.failed')}</MessageBarTitle> {sentenceOf(error, say)}
      </MessageBarBody>
      {isSignInNeeded(error) ? (
        <MessageBarActions>
          <Button onClick={() => location.reload()}>{say('signIn.again')}</Button>
        </MessageBarActions>
      ) : (
        onAgain && (
          <MessageBarActions>
            <Button onClick={onAgain}>{say('load.again')}</Button>
          </MessageBarActions>
        )
      )}
    </MessageBar>
  );
};
