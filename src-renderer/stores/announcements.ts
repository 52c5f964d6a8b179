/** What a screen reader is told: the newest announcement, shown in one live region of the frame. */
import { create } from 'zustand';

export const useAnnouncement = create<{ readonly text: string }>()(() => ({ text: '' }));

export function announce(text: string): void {
  useAnnouncement.setState({ text });
}
