import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';

const Context = createContext<(text: string) => void>(() => undefined);

const SHOWN_MS = 8_000;

/** Shows the result of an act for some seconds, also to screen readers. */
export const NoticesProvider = ({ children }: { readonly children: ReactNode }) => {
  const [text, setText] = useState('');
  useEffect(() => {
    if (text === '') return;
    const ending = setTimeout(() => setText(''), SHOWN_MS);
    return () => clearTimeout(ending);
  }, [text]);
  return (
    <Context value={useCallback((said: string) => setText(said), [])}>
      {children}
      <div className="notice" role="status" data-shown={text !== ''}>
        {text}
      </div>
    </Context>
  );
};

export const useNotice = (): ((text: string) => void) => useContext(Context);
