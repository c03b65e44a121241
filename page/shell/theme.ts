import { type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { keep, kept } from './kept.ts';

export const TASTES = ['system', 'light', 'dark'] as const;

export type Taste = (typeof TASTES)[number];

const DARK = '(prefers-color-scheme: dark)';

const useIsSystemDark = (): boolean => {
  const [isDark, setDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const hear = () => setDark(query.matches);
    query.addEventListener('change', hear);
    return () => query.removeEventListener('change', hear);
  }, []);
  return isDark;
};

/** The theme that the person has chosen; the system's theme without a choice. */
export const useTheme = (): {
  readonly taste: Taste;
  readonly theme: Theme;
  readonly choose: (taste: Taste) => void;
} => {
  const [taste, setTaste] = useState<Taste>(() => kept('theme', TASTES) ?? 'system');
  const isSystemDark = useIsSystemDark();
  const isDark = taste === 'dark' || (taste === 'system' && isSystemDark);
  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  const choose = (chosen: Taste): void => {
    keep('theme', chosen);
    setTaste(chosen);
  };
  return { taste, theme: isDark ? webDarkTheme : webLightTheme, choose };
};
