import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useContext } from 'react';
import { Refused } from '../../client/refused.ts';
import { WhoContext } from '../api/who.tsx';
import { SignInFailed } from '../sign-in/failed.ts';
import { isEnded } from '../sign-in/is-ended.ts';
import type { SignedIn } from '../sign-in/signed-in.ts';
import type { Say } from '../words/say.ts';
import { useWords } from '../words/words-context.tsx';

/**
 * The text for a token or key that the app refuses: the app's own text is for programs, and the remedy depends on the way of
 * sign-in.
 */
const endedOf = (error: Error, who: SignedIn | undefined, say: Say): string | undefined =>
  who && error instanceof Refused && error.status === 401 ? say(`signIn.ended.${who.kind}`) : undefined;

const sentenceOf = (error: Error, say: Say): string =>
  error instanceof SignInFailed
    ? [say(`signIn.trouble.${error.trouble}`), error.detail].filter(Boolean).join(' ')
    : error.message;

const AgainAction = ({ who }: { readonly who: SignedIn | undefined }) => {
  const { say } = useWords();
  return (
    <MessageBarActions>
      <Button onClick={() => (who ? void who.signInAgain() : location.reload())}>
        {say(who?.kind === 'key' ? 'signIn.key.again' : 'signIn.again')}
      </Button>
    </MessageBarActions>
  );
};

/** An error of loading or of an act, in the words of the service that refused it, and the remedy. */
export const Trouble = ({ error, onAgain }: { readonly error: Error; readonly onAgain?: () => void }) => {
  const { say } = useWords();
  const who = useContext(WhoContext);
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('load.failed')}</MessageBarTitle> {endedOf(error, who, say) ?? sentenceOf(error, say)}
      </MessageBarBody>
      {isEnded(error) ? (
        <AgainAction who={who} />
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
