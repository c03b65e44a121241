import { MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import type { GetOverrides200 } from '../../../client/api.ts';
import { useWords } from '../../words/words-context.tsx';

/** Says that a person has paused repairs, so that a reader sees it at once. */
export const Paused = ({ overrides }: { readonly overrides: GetOverrides200 | undefined }) => {
  const { say } = useWords();
  if (!overrides || overrides.pauses.length === 0) return null;
  const { paused, pauses } = overrides;
  const [first] = paused ? [paused] : pauses;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{paused ? say('now.paused') : say('now.pausedScope', { n: pauses.length })}</MessageBarTitle>{' '}
        {first && say('now.pausedBy', { by: first.by, why: first.why })}
      </MessageBarBody>
    </MessageBar>
  );
};
