import { useEffect, useState } from 'react';

/** Gives the focus back to what had it before this came up, once this is gone. */
export const useFocusBack = (): void => {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What is closed is still taken out of the document: the browser would move the focus after us.
      setTimeout(() => before instanceof HTMLElement && before.isConnected && before.focus(), 0);
    },
    [before],
  );
};
