import { createRequire } from 'node:module';
import type { Button, KnownBlock } from '@slack/types';
import { describe, expect, it } from 'vitest';
import { messageEvent } from '../../src/notifications/channels/cloud-event.ts';
import { pagerDutyEvents } from '../../src/notifications/channels/pager-duty.ts';
import { slackBody } from '../../src/notifications/channels/slack.ts';
import { teamsBody } from '../../src/notifications/channels/teams.ts';
import type { Message } from '../../src/notifications/message.ts';
import { messageOf } from '../../src/notifications/message-of.ts';
import { compile } from '../builders/compile.ts';
import { readCard } from './adaptive-cards.ts';
import { expectGolden } from './golden.ts';
import { SAMPLE_NAMES, SAMPLES, type SampleName } from './sample-notices.ts';

const PAGE = 'https://guardian.azurewebsites.net/api/ui';
const ORIGIN = { routingKey: '0123456789abcdef0123456789abcdef', source: 'urn:cmk-guardian:test' };

const message = (name: SampleName): Message => messageOf(SAMPLES[name], { page: PAGE });
const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Every text anywhere in it. */
const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
};

const GOLDEN: readonly SampleName[] = ['ask', 'run', 'healthy', 'alert', 'summary', 'hostile'];

describe('a card of Teams', () => {
  it.each(GOLDEN)('of the message %s is as it was agreed', (name) => {
    expectGolden(`teams-${name}`, teamsBody(message(name)));
  });

  it.each(SAMPLE_NAMES)('of the message %s is understood whole by Microsoft’s own reader of cards', (name) => {
    const { content } = teamsBody(message(name)).attachments[0] ?? {};
    const { faults, understood } = readCard(content);
    expect(faults).toEqual([]);
    const { actions, ...card } = content ?? { actions: [] };
    expect(understood).toEqual(JSON.parse(JSON.stringify(actions.length > 0 ? { ...card, actions } : card)));
  });

  it('fits into the 28 KB of a workflow, however much there is to tell, and keeps title, answer and link', () => {
    const body = teamsBody(message('huge'));
    expect(bytes(body)).toBeLessThanOrEqual(28 * 1_024);
    expect(JSON.stringify(body)).toMatch(/your answer is needed.*Plan b9362405 waits.*Action\.OpenUrl/s);
  });

  it('has no text block, which reads Markdown, and mentions nobody', () => {
    const body = teamsBody(message('hostile'));
    expect(JSON.stringify(body)).not.toMatch(/"TextBlock"|"FactSet"|"msteams"|\{\{/);
  });
});

/** docs.slack.dev/reference/block-kit/block-elements/button-element. */
const faultsOfButton = (element: object): readonly string[] => {
  const { type, text, url, action_id } = element as Partial<Button>;
  return [
    ...(type === 'button' ? [] : ['element']),
    ...(text && text.text.length <= 75 ? [] : ['text of the button']),
    ...((url ?? '').length <= 3_000 ? [] : ['url']),
    ...((action_id ?? '').length <= 255 ? [] : ['action_id']),
  ];
};

/** docs.slack.dev/reference/block-kit/blocks: what Slack refuses is `invalid_blocks`, the whole message. */
const faultsOfBlock = (block: KnownBlock): readonly string[] => {
  if (block.type === 'header') return block.text.text.length > 150 ? ['header'] : [];
  if (block.type === 'section') return (block.text?.text.length ?? 0) > 3_000 || !block.text?.text ? ['section'] : [];
  if (block.type === 'actions')
    return block.elements.length > 25 ? ['actions'] : block.elements.flatMap((element) => faultsOfButton(element));
  if (block.type === 'rich_text') return bytes(block) > 12_000 ? ['rich_text'] : [];
  return block.type === 'divider' ? [] : [block.type];
};

describe('a message of Slack', () => {
  it.each(GOLDEN)('of the message %s is as it was agreed', (name) => {
    expectGolden(`slack-${name}`, slackBody(message(name)));
  });

  it.each(SAMPLE_NAMES)('of the message %s keeps every limit of Block Kit', (name) => {
    const { blocks, text } = slackBody(message(name));
    // Slack's own types have all fields that this test reads; the test is that the blocks have these types.
    const known = blocks as unknown as KnownBlock[];
    expect(known.flatMap(faultsOfBlock)).toEqual([]);
    expect(blocks.length).toBeLessThanOrEqual(50);
    expect(text.length).toBeLessThanOrEqual(4_000);
  });

  it('is by the types that Slack publishes of its blocks what it is, and has no member that they do not know', () => {
    const literal = (blocks: unknown): string =>
      `import type { KnownBlock } from '@slack/types';\nexport const blocks: KnownBlock[] = ${JSON.stringify(blocks)};\n`;
    const sent = SAMPLE_NAMES.map((name) => [`${name}.ts`, literal(slackBody(message(name)).blocks)] as const);
    const wrong = {
      'unknown-member.ts': literal([{ type: 'divider', colour: 'red' }]),
      'no-text.ts': literal([{ type: 'header' }]),
      'markdown-heading.ts': literal([{ type: 'header', text: { type: 'mrkdwn', text: '*x*' } }]),
    };
    const errors = compile({ ...Object.fromEntries(sent), ...wrong });
    expect([...new Set(errors.map((line) => line.split('(')[0]))].toSorted()).toEqual(Object.keys(wrong).toSorted());
  });

  it('escapes what calls a channel or makes a link, and shows names as plain text everywhere else', () => {
    const { blocks, text } = slackBody(message('hostile'));
    expect(text).not.toMatch(/<|>|@(?:here|channel|everyone)/);
    expect(text).toContain('&lt;!channel&gt;');
    expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"');
  });
});

/** developer.pagerduty.com/docs/send-alert-event. */
const faultsOfEvent = (event: Readonly<Record<string, unknown>>): readonly string[] => {
  const { routing_key, event_action, dedup_key, payload, links = [] } = event;
  const { summary, source, severity, timestamp } = (payload ?? {}) as Readonly<Record<string, unknown>>;
  const isTrigger = event_action === 'trigger';
  return [
    ...(/^[\da-f]{32}$/.test(String(routing_key)) ? [] : ['routing_key']),
    ...(['trigger', 'acknowledge', 'resolve'].includes(String(event_action)) ? [] : ['event_action']),
    ...(String(dedup_key).length > 0 && String(dedup_key).length <= 255 ? [] : ['dedup_key']),
    ...(isTrigger && !(typeof summary === 'string' && summary.length <= 1_024) ? ['summary'] : []),
    ...(isTrigger && typeof source !== 'string' ? ['source'] : []),
    ...(isTrigger && !['critical', 'error', 'warning', 'info'].includes(String(severity)) ? ['severity'] : []),
    ...(isTrigger && Number.isNaN(Date.parse(String(timestamp))) ? ['timestamp'] : []),
    ...(Array.isArray(links) && links.every(({ href, text }) => href && text) ? [] : ['links']),
    ...(bytes(event) > 512_000 ? ['size'] : []),
  ];
};

describe('events of PagerDuty', () => {
  it.each(GOLDEN)('of the message %s are as they were agreed', (name) => {
    expectGolden(`pager-duty-${name}`, pagerDutyEvents(message(name), ORIGIN));
  });

  it.each(SAMPLE_NAMES)('of the message %s keep what Events API v2 asks for', (name) => {
    for (const event of pagerDutyEvents(message(name), ORIGIN)) expect(faultsOfEvent(event)).toEqual([]);
  });

  it('are of one alert from the question over the repair to the end', () => {
    const events = (['ask', 'run', 'healthy'] as const).flatMap((name) => pagerDutyEvents(message(name), ORIGIN));
    expect(events.map(({ event_action }) => event_action)).toEqual(['trigger', 'acknowledge', 'resolve']);
    expect(new Set(events.map(({ dedup_key }) => dedup_key)).size).toBe(1);
  });

  it('are none of a summary, which wakes nobody', () => {
    expect(pagerDutyEvents(message('summary'), ORIGIN)).toEqual([]);
  });

  it('resolve what is over though something else still stands', () => {
    const { over } = message('healthy');
    const events = pagerDutyEvents({ ...message('ask'), threads: ['another'], over }, ORIGIN);
    expect(events.map(({ event_action, dedup_key }) => [event_action, dedup_key])).toEqual([
      ['resolve', over[0]],
      ['trigger', 'another'],
    ]);
  });
});

type Validate = ((event: unknown) => boolean) & { readonly errors?: unknown };

/** The schema of the specification, as the CNCF's own SDK has it. */
const isCloudEvent: Validate = createRequire(import.meta.url)('cloudevents/dist/schema/v1.js');

describe('an event of CloudEvents', () => {
  it.each(GOLDEN)('of the message %s is as it was agreed', (name) => {
    expectGolden(`cloud-event-${name}`, messageEvent(message(name), ORIGIN.source));
  });

  it.each(SAMPLE_NAMES)('of the message %s is one by the schema of version 1.0', (name) => {
    isCloudEvent(messageEvent(message(name), ORIGIN.source));
    expect(isCloudEvent.errors ?? null).toBeNull();
  });

  it('has the id of what it tells: sent twice, it is the same', () => {
    expect(messageEvent(message('ask'), 's').id).toBe(messageEvent(message('ask'), 's').id);
    expect(messageEvent(message('ask'), 's').id).not.toBe(messageEvent(message('run'), 's').id);
  });
});

describe('every channel', () => {
  const bodies = (name: SampleName): readonly unknown[] => [
    teamsBody(message(name)),
    slackBody(message(name)),
    pagerDutyEvents(message(name), ORIGIN),
  ];

  it('says what, who is affected, by when, what the product does, and what a person needs without it', () => {
    for (const body of bodies('ask')) {
      const said = textsIn(body).join('\n');
      expect(said).toContain('orders is down, 1 more affected: your answer is needed');
      expect(said).toContain('was disabled by j.kim@example.com');
      expect(said).toContain('2026-03-02T03:12:00.000Z');
      expect(said).toContain('so it asks');
      expect(said).toContain('az mysql server key create --name orders');
      expect(said).toContain(SAMPLES.ask.planId);
      expect(said).toContain(`${PAGE}#/incidents/20260302T030200Z-1411455e`);
    }
  });

  it('shows nothing that is not seen, and no line that a name has begun', () => {
    for (const body of bodies('hostile')) {
      const said = textsIn(body).flatMap((text) => text.split('\n'));
      expect(said.filter((line) => /[\u202a-\u202e]/.test(line))).toEqual([]);
      expect(said.filter((line) => line.startsWith('*Approved by'))).toEqual([]);
    }
  });

  it('keeps commands whole or leaves them out', () => {
    for (const body of bodies('huge')) {
      const commands = textsIn(body).flatMap((text) => text.split('\n').filter((line) => line.startsWith('az ')));
      expect(commands.length).toBeGreaterThan(0);
      expect(commands.filter((one) => !/-\d+$/.test(one))).toEqual([]);
    }
  });
});
