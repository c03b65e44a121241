import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { useWords } from '../words/words-context.tsx';

/** Copies a text, and says so. */
export const CopyButton = ({ text, label }: { readonly text: string; readonly label?: string }) => {
  const { say } = useWords();
  const [isCopied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <Button size="small" onClick={() => void copy()}>
      {isCopied ? say('act.copied') : (label ?? say('act.copy'))}
    </Button>
  );
};

/** A command for a terminal, with a button that copies it. */
export const Command = ({ text }: { readonly text: string }) => (
  <div className="command">
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by the keyboard as well */}
    <pre tabIndex={0}>{text}</pre>
    <CopyButton text={text} />
  </div>
);
