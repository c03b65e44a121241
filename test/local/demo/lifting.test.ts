import { expect, it } from 'vitest';
import { withLifting } from '../../../local/demo/lifting.ts';
import { liftBy } from '../../../src/remediation/model/doors.ts';

it.each([
  [liftBy('do-not-heal', 'target=web&why='), "do-not-heal web --lift --why '<why>'"],
  [liftBy('pause', 'why='), "resume --why '<why>'"],
  [
    liftBy('pause', 'scope=/subscriptions/1/resourceGroups/data&why='),
    "resume --scope /subscriptions/1/resourceGroups/data --why '<why>'",
  ],
])('tells who lifts %s with which command', (door, command) => {
  const told = withLifting(`Lift it with ${door}. What it would do: ${door}.`);
  const lift = `\`cmk-guardian ${command}\` as an approver`;
  expect(told).toBe(`Lift it with ${lift}. What it would do: ${lift}.`);
});
