import { expect, it } from 'vitest';
import { slowestOf } from './slowest.ts';

const suite = (name: string, ms: number) => ({ file: `/repository/test/${name}.test.ts`, ms });

it('a run ends with its ten slowest suites, the slowest first', () => {
  const suites = Array.from({ length: 12 }, (_, at) => suite(`n${at}`, at * 1_500));
  const lines = slowestOf(suites, '/repository');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe('   16.5 s  test/n11.test.ts');
  expect(lines[9]).toBe('    3.0 s  test/n2.test.ts');
});
