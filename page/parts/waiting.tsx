import { Skeleton, SkeletonItem } from '@fluentui/react-components';
import { useWords } from '../words/words-context.tsx';

/** A placeholder in the shape of the content that is being loaded, so that the layout stays when it comes. */
export const Waiting = ({ rows, height = 72 }: { readonly rows: number; readonly height?: number }) => {
  const { say } = useWords();
  return (
    <Skeleton aria-label={say('load.loading')} className="waiting">
      {Array.from({ length: rows }, (_each, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
        <SkeletonItem key={at} style={{ height, borderRadius: 6 }} />
      ))}
    </Skeleton>
  );
};
