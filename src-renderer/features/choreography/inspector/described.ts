/** A description that was read becomes settings: what it speaks of is set, what it had set before and no longer says goes back. */
import type { ChoreographyParameters, ParsedRequest } from '../../../../src-main/contract/documents/choreography.ts';
import { DEFAULT_CHOREOGRAPHY_PARAMETERS } from '../../../../src-main/contract/documents/choreography.ts';
import type { ChoreographyDocument, Patch } from '../../../../src-main/contract/documents/project.ts';

const FIELDS = Object.keys(DEFAULT_CHOREOGRAPHY_PARAMETERS) as (keyof ChoreographyParameters)[];
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Settings after another description. */
export function described(parameters: ChoreographyParameters, before: ParsedRequest | null, after: ParsedRequest | null): ChoreographyParameters {
  const initial = DEFAULT_CHOREOGRAPHY_PARAMETERS;
  const changed = FIELDS.flatMap((field): [string, unknown][] => {
    const said = after?.parameters[field];
    if (after && !same(said, initial[field])) return [[field, said]];
    const wasSaid = before && !same(before.parameters[field], initial[field]) && same(before.parameters[field], parameters[field]);
    return wasSaid ? [[field, initial[field]]] : [];
  });
  return { ...parameters, ...Object.fromEntries(changed) };
}

export function describedPatches(text: string, request: ParsedRequest | null, document: ChoreographyDocument): Patch[] {
  return [
    { op: 'replace', path: '/text', value: text },
    { op: 'replace', path: '/request', value: request },
    { op: 'replace', path: '/parameters', value: described(document.parameters, document.request, request) },
  ];
}
