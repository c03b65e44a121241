import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { keep, kept } from '../shell/kept.ts';
import { LANGUAGES, type Language, languageOf, type Say, sayIn } from './say.ts';

type Words = { readonly language: Language; readonly say: Say; readonly choose: (language: Language) => void };

const Context = createContext<Words | undefined>(undefined);

const first = (): Language => kept('language', LANGUAGES) ?? languageOf(navigator.languages);

/** Sets the language of all elements below. */
export const WordsProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(first);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const words = useMemo(
    () => ({
      language,
      say: sayIn(language),
      choose: (chosen: Language) => {
        keep('language', chosen);
        setLanguage(chosen);
      },
    }),
    [language],
  );
  return <Context value={words}>{children}</Context>;
};

export const useWords = (): Words => {
  const words = useContext(Context);
  if (!words) throw new Error('WordsProvider is missing above');
  return words;
};
