import { describe, expect, it } from 'vitest';

import { DEFAULT_CHOREOGRAPHY_PARAMETERS } from '../../../../src-main/contract/documents/choreography.ts';
import { parseRequest } from '../../../../src-main/core/choreography/describe/parse.ts';
import { described } from './described.ts';

const read = (text: string) => parseRequest(text, { moves: ['dip', 'turn'], styles: ['romantic'] });

describe('described', () => {
  it('sets what is said and leaves what a person has set', () => {
    const own = { ...DEFAULT_CHOREOGRAPHY_PARAMETERS, counts: 4 as const };
    expect(described(own, null, read('an easy one with no dips'))).toMatchObject({ difficulty: 'beginner', counts: 4, avoid: ['dip'] });
  });

  it('takes back what is no longer said, but not what a person changed since', () => {
    const before = read('an easy one with high energy');
    const parameters = described(DEFAULT_CHOREOGRAPHY_PARAMETERS, null, before);
    const changed = { ...parameters, energy_level: 'low' as const };
    expect(described(changed, before, null)).toMatchObject({ difficulty: null, energy_level: 'low' });
  });
});
