export const TABLE: Record<string, string[]>;
export function areaOf(file: string): string | null;
export function refusal(file: string, specifier: string): string | null;
