import type { AskedPlan, StartReconciliation200 } from '../../client/api.ts';
import { keyLabel, nameOf } from '../model/names.ts';
import { Command } from '../parts/command.tsx';
import { Sentence } from '../parts/sentence.tsx';
import type { WordKey } from '../words/table.ts';
import { useWords } from '../words/words-context.tsx';

type Step = AskedPlan['steps'][number];
type Tried = StartReconciliation200['steps'][number];

const MAY: readonly (readonly [boolean | null, WordKey])[] = [
  [true, 'sheet.may.yes'],
  [false, 'sheet.may.no'],
  [null, 'sheet.may.unknown'],
];

const alsoUsed = ({ alsoUses }: Tried): readonly string[] => [
  ...alsoUses.keys.map(keyLabel),
  ...alsoUses.consumers.map(nameOf),
];

const Judged = ({ tried }: { readonly tried: Tried }) => {
  const { say } = useWords();
  const others = alsoUsed(tried);
  const [, word] = MAY.find(([is]) => is === tried.may) ?? [null, 'sheet.may.unknown'];
  return (
    <>
      <p>
        {say(word)} {others.length > 0 ? say('sheet.alsoUses', { names: others.join(', ') }) : say('sheet.alone')}
      </p>
      {tried.obstacles.map(({ why, commands }) => (
        <div key={why}>
          <p>{why}</p>
          {commands.map((command) => (
            <Command key={command} text={command} />
          ))}
        </div>
      ))}
    </>
  );
};

const Write = ({ step, tried }: { readonly step: Step; readonly tried: Tried | undefined }) => {
  const { say } = useWords();
  return (
    <li className="write">
      <p className="strong">
        <Sentence text={step.sentence} />
      </p>
      <p>
        <span className={`risk is-${step.risk}`}>{say(`sheet.risk.${step.risk}`)}</span>
      </p>
      {tried && <Judged tried={tried} />}
      <details>
        <summary>
          {say('sheet.where')}, {say('sheet.undo')}
        </summary>
        <p className="address">{step.target}</p>
        <p className="address">{step.undo}</p>
      </details>
    </li>
  );
};

/** Each write of a plan as a line: the effect, its risk, whether it is allowed, its side effects, its target, and its undo. */
export const Writes = ({
  steps,
  dry,
}: {
  readonly steps: readonly Step[];
  readonly dry: StartReconciliation200 | undefined;
}) => {
  const { say } = useWords();
  return (
    <section>
      <h3 className="heading">{say('sheet.writes')}</h3>
      <ol className="writes">
        {steps.map((step) => (
          <Write key={step.stepId} step={step} tried={dry?.steps.find(({ stepId }) => stepId === step.stepId)} />
        ))}
      </ol>
    </section>
  );
};
