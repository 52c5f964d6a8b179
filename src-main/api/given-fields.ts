/** The fields of a partial body that were named: an absent one is `undefined` to the schema, and must not overwrite anything. */
export function givenFields<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
