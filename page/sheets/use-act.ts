import { useState } from 'react';
import { useNotice } from '../parts/notices.tsx';
import { useWords } from '../words/words-context.tsx';

export type Acting = {
  readonly error: Error | undefined;
  readonly isActing: boolean;
  readonly act: (work: () => Promise<unknown>) => void;
};

/** Sends the act of a sheet, one at a time: the sheet closes after success, and shows the reason of a refusal. */
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
