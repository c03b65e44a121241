import { VerticalBarChart } from '@fluentui/react-charts';
import type { GetHistory200 } from '../../../client/api.ts';
import { useWords } from '../../words/words-context.tsx';

/** The library's own blue can hardly be seen on dark. */
const BAR = 'var(--colorCompoundBrandBackground)';

/**
 * Incidents a week, as bars. It is a file of its own, so that the chart library is loaded only with this view. The library adds
 * hidden elements that take the focus for each bar: this picture turns them off, and has one text for the whole.
 */
const WeeksChart = ({ weeks }: Pick<GetHistory200, 'weeks'>) => {
  const { say, language } = useWords();
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const bars = weeks.map(({ monday, opened }) => ({ x: day.format(new Date(monday)), y: opened, color: BAR }));
  const said = `${say('history.perWeek')}: ${bars.map(({ x, y }) => `${x} ${y}`).join(', ')}`;
  return (
    <div role="img" aria-label={said} className="chart">
      <div inert aria-hidden="true">
        <VerticalBarChart data={bars} height={220} hideLegend hideTooltip useSingleColor yMaxValue={4} />
      </div>
    </div>
  );
};

export default WeeksChart;
