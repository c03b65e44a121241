import { it } from 'vitest';
import { playCarefully } from './default-settings-story.ts';

it('heals under default settings each small subset of the links of a single server, or asks somebody, and does nothing that is asked', () =>
  playCarefully('single'));
