import { useEffect, useState } from 'react';

/** Returns the focus to the element that had it before, once this element is gone. */
export const useFocusBack = (): void => {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // The closed element is removed from the document only after this: the browser would move the focus once more.
      setTimeout(() => before instanceof HTMLElement && before.isConnected && before.focus(), 0);
    },
    [before],
  );
};
