import { exists } from "./files.ts";
import { ROOT } from "./app_child.ts";

const FOLDERS = ["routes", "components", "db", "jobs", "physics", "static"];
const QUIET_MS = 150;

/** A look-out for changes of the app's code. */
export interface CodeWatch {
  /** Settles once code has changed and then rested for a moment; ask before the start that the change is to follow. */
  changed(): Promise<void>;
  close(): Promise<void>;
}

/** Watches the folders of the app and the files beside main.ts, in the project's folder `root` (ends with a slash). */
export async function watchCode(root = ROOT): Promise<CodeWatch> {
  const folders: string[] = [];
  for (const name of FOLDERS) {
    if (await exists(`${root}${name}`)) folders.push(`${root}${name}`);
  }
  const watchers = [
    Deno.watchFs(folders),
    Deno.watchFs(root, { recursive: false }),
  ];
  let waiting = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell() {
    const told = waiting;
    waiting = Promise.withResolvers();
    told.resolve();
  }

  async function follow(watcher: Deno.FsWatcher) {
    for await (const { kind, paths } of watcher) {
      if (kind === "access" || !paths.some(isCode)) continue;
      clearTimeout(timer);
      timer = setTimeout(tell, QUIET_MS);
    }
  }
  const following = watchers.map(follow);
  return {
    changed: () => waiting.promise,
    close: async () => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      await Promise.all(following);
    },
  };
}

function isCode(path: string): boolean {
  return /\.(tsx?|sql|css|js|svg|json)$/.test(path) &&
    !path.includes("/node_modules/");
}
