/**
 * What is used of Google's library for Gemini. Its own declarations (0.8 MB) name packages that are left out (package.json,
 * overrides). tests/integration/gemini.test.ts sees every one of these options arrive. Source: @google/genai 3.3.0, dist/web/web.d.ts.
 */
declare module '@google/genai/web' {
  export interface GenerateContentParameters {
    readonly model: string;
    readonly contents: string;
    readonly config: {
      readonly temperature: number;
      readonly responseMimeType: string;
      readonly responseJsonSchema: object;
      readonly abortSignal: AbortSignal;
    };
  }

  export class GoogleGenAI {
    constructor(options: {
      readonly apiKey: string;
      readonly apiVersion: string;
      readonly httpOptions: {
        readonly baseUrl: string;
        /** Used for every request instead of the global one. */
        readonly fetch: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
      };
    });
    readonly models: {
      /** Rejects with what `fetch` rejects with, or an error of its own. `text` is what the first candidate says, without its thoughts. */
      generateContent(parameters: GenerateContentParameters): Promise<{ readonly text: string | undefined }>;
    };
  }
}
