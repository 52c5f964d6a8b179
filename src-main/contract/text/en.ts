/** Every text a user reads, so that languages come later at no cost. Areas in the order of the product. */
export const en = {
  app: { name: 'Kinetone', tagline: 'Video becomes sound. Music becomes video.' },
} as const;

export type Text = typeof en;
