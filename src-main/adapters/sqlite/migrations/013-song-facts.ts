/** What a list of songs shows of each analysis, beside the analysis: the document is read when its song is opened. */
export const songFacts = {
  version: 13,
  name: 'song-facts',
  up: `
    CREATE TABLE song_facts (
      identity TEXT NOT NULL,
      version INTEGER NOT NULL,
      source TEXT NOT NULL,
      updated_ms INTEGER NOT NULL,
      -- Seconds, beats a minute, mean of the energy curve; null where the analysis does not say.
      duration REAL,
      tempo REAL,
      song_key TEXT,
      time_signature TEXT,
      energy REAL,
      PRIMARY KEY (identity, version, source)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO song_facts
      SELECT identity, version, source, updated_ms, json_extract(document, '$.duration'), json_extract(document, '$.tempo'), json_extract(document, '$.key'),
        json_extract(document, '$.time_signature'), (SELECT AVG(value) FROM json_each(document, '$.energy'))
      FROM song_analyses;
  `,
} as const;
