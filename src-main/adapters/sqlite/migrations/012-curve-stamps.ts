/** The revision a move's curves were written at: tells whether what was made of them is as new, without reading them. */
export const curveStamps = {
  version: 12,
  name: 'curve-stamps',
  up: `
    ALTER TABLE move_curves ADD COLUMN stamp INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX move_curves_stamp ON move_curves (move_id, stamp);
  `,
} as const;
