import type { ReactNode } from 'react';
import type { GetHealth200 } from '../../../client/api.ts';
import { readHealth } from '../../api/readers.ts';
import { useRead } from '../../api/use-read.ts';
import { Shown } from '../../parts/shown.tsx';
import { Sign } from '../../parts/sign.tsx';
import { When } from '../../parts/when.tsx';
import type { WordKey } from '../../words/table.ts';
import { useWords } from '../../words/words-context.tsx';

const Fact = ({ word, children }: { readonly word: WordKey; readonly children: ReactNode }) => {
  const { say } = useWords();
  return (
    <div>
      <dt>{say(word)}</dt>
      <dd>{children}</dd>
    </div>
  );
};

const At = ({ at }: { readonly at: string | undefined }) => {
  const { say } = useWords();
  return at === undefined ? say('trust.never') : <When at={at} />;
};

const Facts = ({ health }: { readonly health: GetHealth200 }) => {
  const { version, sweep, probe, posture, alerts } = health;
  return (
    <dl className="facts">
      <Fact word="trust.probe">
        <At at={probe?.began?.at} />
      </Fact>
      <Fact word="trust.sweep">
        <At at={sweep?.ended?.at} />
      </Fact>
      <Fact word="trust.postureRun">
        <At at={posture?.ended?.at} />
      </Fact>
      <Fact word="trust.quarantine">{alerts?.notUnderstood ?? 0}</Fact>
      <Fact word="trust.version">{version}</Fact>
    </dl>
  );
};

/** The health of the product itself. */
export const Health = () => {
  const { say } = useWords();
  const health = useRead(readHealth, 60);
  return (
    <section className="part">
      <h2 className="heading">{say('trust.health')}</h2>
      <Shown loaded={health} rows={1} height={120}>
        {(value) => (
          <>
            <p>
              <Sign urgency={value.status === 'well' ? 'well' : 'down'} isNamed={false} />{' '}
              {say(`trust.health.${value.status}`)} {value.why}
            </p>
            <Facts health={value} />
          </>
        )}
      </Shown>
    </section>
  );
};
