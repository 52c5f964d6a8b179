/** What the desktop shell adds to the page: the few calls between page and main process, one type for both sides. */
export interface MenuItemModel {
  readonly id: string;
  readonly label: string;
  /** Electron's accelerator notation, or null. */
  readonly accelerator: string | null;
  readonly isEnabled: boolean;
}

/** Top-level menus in order: File, Edit, Play … made by the page from its command registry. */
export type MenuModel = readonly { readonly label: string; readonly items: readonly (MenuItemModel | 'separator')[] }[];

export interface ShellCalls {
  /** Native dialog; the paths picked, empty when cancelled. */
  'shell:pick-files': (options: { readonly isFolder: boolean }) => Promise<string[]>;
  /** Native save dialog; null when cancelled. */
  'shell:pick-save': (options: { readonly name: string }) => Promise<string | null>;
  /** Shows a made file in the system's file manager. */
  'shell:reveal': (path: string) => Promise<void>;
  'shell:set-menu': (model: MenuModel) => Promise<void>;
}

/** Main → page: a menu entry was chosen. */
export const MENU_CHOSEN = 'shell:menu-chosen';

/** What the preload puts on `window.kinetone`. */
export interface KinetoneBridge {
  pickFiles: ShellCalls['shell:pick-files'];
  pickSave: ShellCalls['shell:pick-save'];
  reveal: ShellCalls['shell:reveal'];
  setMenu: ShellCalls['shell:set-menu'];
  /** Real path of a dropped file. */
  pathOf(file: File): string;
  onMenuChosen(listener: (id: string) => void): () => void;
}
