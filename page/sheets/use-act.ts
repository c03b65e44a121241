import { useState } from 'react';
import { useNotice } from '../parts/notices.tsx';
import { useWords } from '../words/words-context.tsx';

export type Acting = {
  readonly error: Error | undefined;
  readonly isActing: boolean;
  readonly act: (work: () => Promise<unknown>) => void;
};

/** Does what a sheet is about, once at a time: it closes where that went well, and says why where it was refused. */
export const useAct = (onDone: () => void): Acting => {
  const { say } = useWords();
  const notice = useNotice();
  const [error, setError] = useState<Error>();
  const [isActing, setActing] = useState(false);
  const act = (work: () => Promise<unknown>): void => {
    if (isActing) return;
    setActing(true);
    setError(undefined);
    work()
      .then(
        () => {
          notice(say('sheet.sent'));
          onDone();
        },
        (refused: Error) => setError(refused),
      )
      .finally(() => setActing(false));
  };
  return { error, isActing, act };
};
