/** Names of library folders and of the files in them. Pure. */

/** A name no other folder has: "bachata", "bachata-2". It is the first part of paths in blueprints, so it holds no slash. */
export function folderName(base: string, taken: readonly string[]): string {
  const clean = base.replaceAll(/[/\\:\0]/g, '-').trim().slice(0, 100) || 'library';
  const used = new Set(taken.map((name) => name.toLowerCase()));
  let name = clean;
  for (let number = 2; used.has(name.toLowerCase()); number += 1) name = `${clean}-${number}`;
  return name;
}

const VIDEO = /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|m2ts|mts|ts|wmv|flv|ogv|3gp|gif|mxf|y4m)$/i;
/** What lies beside clips and is none. */
const OTHER =
  /\.(json|csv|tsv|txt|md|pdf|docx?|xlsx?|html?|xml|ya?ml|srt|vtt|ass|nfo|log|py|ipynb|js|ts\.map|zip|gz|tar|7z|rar|db|sqlite|npy|npz|pkl|pt|onnx|bin|jpe?g|png|webp|bmp|tiff?|svg|heic|psd|wav|mp3|m4a|aac|flac|ogg|opus|aiff?|mid|midi|tmp|part|partial|ini|lnk|url)$/i;

export const isClipName = (name: string): boolean => VIDEO.test(name);
/** Not worth opening: its name says that it is no clip. */
export const isOtherName = (name: string): boolean => OTHER.test(name) || /^(LICEN[CS]E|README|SOURCES|Thumbs\.db|desktop\.ini)/i.test(name);

export const isAnnotationsFile = (name: string): boolean => /annotation[^/]*\.json$/i.test(name) || /\.(csv|tsv)$/i.test(name);
