import { useWords } from '../../words/words-context.tsx';
import { Gaps } from '../estate/gaps.tsx';
import { Chains } from './chains.tsx';
import { Cost } from './cost.tsx';
import { Health } from './health.tsx';
import { May } from './may.tsx';
import { Overrides } from './overrides.tsx';
import { Settings } from './settings.tsx';

/** The rights of the product here, its overrides, and the proof that it kept to them. */
const Trust = () => {
  const { say } = useWords();
  return (
    <>
      <h1 className="title">{say('view.trust')}</h1>
      <May />
      <div className="columns">
        <Overrides />
        <Health />
      </div>
      <Chains />
      <Gaps />
      <Cost />
      <Settings />
    </>
  );
};

export default Trust;
