import { describe, expect, it } from 'vitest';
import { describeSettings } from '../../../src/config.ts';
import { startApp } from '../../builders/app.ts';

describe('an app with wrong settings', () => {
  it('does not start, and names every fault in one message, with what is allowed', async () => {
    const settings = {
      GUARDIAN_MODE: 'auto-heal',
      GUARDIAN_SCOPE: 'production',
      GUARDIAN_KEY_EXTENSION: '1 year',
      GUARDIAN_SWEEP_SCHEDULE: 'sometimes',
      GUARDIAN_FUSE_ROOT_CAUSES: '0',
    };
    const started = startApp({ world: {}, wake: 'doors', settings });
    const message = await started.then(() => '', String);
    for (const [name, value] of Object.entries(settings)) {
      expect(message).toContain(name);
      expect(message).toContain(value);
    }
    expect(message).toContain('observe, approve or auto');
    expect(message).toContain('/subscriptions/{id}');
  });

  it('does not start, however many of them are wrong', async () => {
    const names = describeSettings().map(({ name }) => name);
    const settings = Object.fromEntries(names.map((name) => [name, '?']));
    const message = await startApp({ world: {}, wake: 'doors', settings }).then(() => '', String);
    // The audience of a token may be any text.
    for (const name of names.filter((one) => !one.endsWith('_AUDIENCE'))) expect(message).toContain(name);
  });

  it('does not print a secret that it was given', async () => {
    const settings = { AzureWebJobsStorage: 'AccountKey=hush-hush', GUARDIAN_MODE: 'approve' };
    const message = await startApp({ world: {}, wake: 'doors', settings }).then(() => '', String);
    expect(message).toContain('AzureWebJobsStorage');
    expect(message).toContain('GUARDIAN_APPROVER_TENANT');
    expect(message).not.toContain('hush-hush');
  });
});
