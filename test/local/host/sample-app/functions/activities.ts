import * as df from 'durable-functions';

const attempts = new Map<string, number>();

df.app.activity('say', { handler: (name: string) => `Hello ${name}` });
df.app.activity('add', { handler: ({ a, b }: { a: number; b: number }) => a + b });
df.app.activity('identity', { handler: (value: unknown) => value });
df.app.activity('sleep', {
  handler: async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ms;
  },
});
df.app.activity('whereIsIt', {
  handler: async (ms: number) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return process.pid;
  },
});
df.app.activity('flaky', {
  handler: ({ key, failures }: { key: string; failures: number }) => {
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    if (attempt <= failures) throw new Error(`attempt ${attempt} of ${key}`);
    return attempt;
  },
});
df.app.activity('fail', {
  handler: (message: string) => {
    throw new Error(message);
  },
});
df.app.activity('metadata', { handler: (_: unknown, context) => context.triggerMetadata ?? {} });
df.app.activity('die', { handler: () => process.kill(process.pid, 'SIGKILL') });
df.app.activity('hang', { handler: () => new Promise(() => {}) });
