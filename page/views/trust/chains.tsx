import { Button, ProgressBar } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { getLedger } from '../../../client/api.ts';
import type { Guardian } from '../../../client/send.ts';
import { inTurn } from '../../api/in-turn.ts';
import { readEverything } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { useWho } from '../../api/who.tsx';
import { type Chain, verdictOn } from '../../model/chains.ts';
import { CutOf } from '../../parts/cut.tsx';
import { Shown } from '../../parts/shown.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useWords } from '../../words/words-context.tsx';

/** The chain for entries that belong to no key. */
const OWN = 'product';

/** The app reads and verifies each chain in full: so only a few at once. */
const AT_ONCE = 3;

const readChain =
  (guardian: Guardian) =>
  async (key: string): Promise<Chain> => {
    const { verification, anchors } = await getLedger({ key }, { guardian });
    return { key, verification, anchors };
  };

const Verdict = ({
  chains,
  keys,
}: {
  readonly chains: readonly (Chain | undefined)[];
  readonly keys: readonly string[];
}) => {
  const { say } = useWords();
  const { broken, unread, anchors } = verdictOn(chains, keys);
  const isWell = broken.length === 0 && unread.length === 0;
  return (
    <div aria-live="polite">
      <p>
        <Sign urgency={isWell ? 'well' : 'down'} isNamed={false} />{' '}
        {isWell && say('trust.intact', { n: chains.length })}
        {broken.length > 0 && say('trust.broken', { n: broken.length })}{' '}
        {unread.length > 0 && say('trust.unverified', { n: unread.length })}
      </p>
      {broken.slice(0, 50).map(({ key, seq, fault }) => (
        <p key={key} className="address">
          {key}: {say('incident.broken', { n: seq, fault })}
        </p>
      ))}
      {unread.slice(0, 50).map((key) => (
        <p key={key} className="address">
          {key}
        </p>
      ))}
      {anchors.map((says) => (
        <p key={says} className="quiet">
          {say('trust.anchors', { says })}
        </p>
      ))}
    </div>
  );
};

const Verify = ({ keys }: { readonly keys: readonly string[] }) => {
  const { say } = useWords();
  const { guardian } = useWho();
  const [done, setDone] = useState<number>();
  const [chains, setChains] = useState<readonly (Chain | undefined)[]>();
  const verify = async (): Promise<void> => {
    setChains(undefined);
    setDone(0);
    setChains(await inTurn(keys, AT_ONCE, readChain(guardian), setDone));
    setDone(undefined);
  };
  return (
    <>
      <div>
        <Button disabled={done !== undefined} onClick={() => void verify()}>
          {say('trust.verify', { n: keys.length })}
        </Button>
      </div>
      {done !== undefined && (
        <>
          <ProgressBar value={done} max={keys.length} aria-label={say('trust.chains')} />
          <p className="quiet numbers">{say('trust.verifying', { done, all: keys.length })}</p>
        </>
      )}
      {chains && <Verdict chains={chains} keys={keys} />}
    </>
  );
};

const Found = ({ all }: { readonly all: readonly { readonly key: string }[] }) => {
  const keys = useMemo(() => [OWN, ...new Set(all.map(({ key }) => key))], [all]);
  return <Verify keys={keys} />;
};

/** Whether the ledger is whole: every chain of it, on demand. */
export const Chains = () => {
  const { say } = useWords();
  const all = useRead(readEverything);
  return (
    <section className="part">
      <h2 className="heading">{say('trust.chains')}</h2>
      <Shown loaded={all} rows={1} height={40}>
        {(read) => (
          <>
            <CutOf list={read} />
            <Found all={read.value} />
          </>
        )}
      </Shown>
    </section>
  );
};
