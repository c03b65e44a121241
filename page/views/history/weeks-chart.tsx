import { VerticalBarChart } from '@fluentui/react-charts';
import type { Week } from '../../model/weeks.ts';
import { useWords } from '../../words/words-context.tsx';

/** Incidents a week, as bars. It is a file of its own, so that the plots are loaded by who sees them. */
const WeeksChart = ({ weeks }: { readonly weeks: readonly Week[] }) => {
  const { say, language } = useWords();
  const day = new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  return (
    <VerticalBarChart
      data={weeks.map(({ monday, count }) => ({ x: day.format(monday), y: count, legend: say('history.perWeek') }))}
      height={220}
      hideLegend
      yAxisTickCount={4}
      useSingleColor
    />
  );
};

export default WeeksChart;
