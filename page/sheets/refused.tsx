import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { Trouble } from '../parts/trouble.tsx';
import { isEnded } from '../sign-in/is-ended.ts';
import { useWords } from '../words/words-context.tsx';

/** The reason why an act was refused, as the app says it, with the remedy. */
export const RefusedNote = ({ error }: { readonly error: Error | undefined }) => {
  const { say } = useWords();
  if (!error) return null;
  if (isEnded(error)) return <Trouble error={error} />;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{say('sheet.refused')}</MessageBarTitle> {error.message}
      </MessageBarBody>
    </MessageBar>
  );
};
