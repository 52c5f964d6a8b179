/** Every row as a sentence; the words are in the contract, so that the studio can say a row while it is being edited. */
export { rowSentence } from '../../../contract/text/mapping-sentence.ts';
