import { expect } from "expect";
import postgres from "postgres";
import { exists, removeAll } from "../../../db/embedded/files.ts";
import { startPostgres } from "../../../db/embedded/postgres.ts";
import { isAlive, rootHome, withFolder } from "./folders.ts";

const quiet = () => {};

Deno.test("the embedded Postgres keeps its data over stops and kills, below a folder of mode 0700 too", async (t) => {
  await withFolder(async (dataDir) => {
    const lines: string[] = [];
    const log = (line: string) => void lines.push(line);
    let pg = await startPostgres({ dataDir, log });

    await t.step("it is Postgres 18 with the database mgkdb", async () => {
      const [row] = await query(
        pg.url,
        "select current_database() as name, version() as version",
      );
      expect(row!.name).toBe("mgkdb");
      expect(row!.version).toMatch(/^PostgreSQL 18\./);
      await query(pg.url, "create table notes as select 'kept' as word");
    });

    await t.step(
      "it listens on this machine only, with a password",
      async () => {
        const [row] = await query(pg.url, "show listen_addresses");
        expect(row!.listen_addresses).toBe("127.0.0.1");
        const open = Object.assign(new URL(pg.url), { password: "wrong" }).href;
        await expect(query(open, "select 1")).rejects.toThrow("password");
        const file = await Deno.stat(`${dataDir}/postgres-password`);
        expect(file.mode! & 0o777).toBe(0o600);
      },
    );

    await t.step("as root it says where its data are", async () => {
      const moved = await exists(`${rootHome(dataDir)}/postgres/PG_VERSION`);
      expect(moved).toBe(Deno.uid() === 0);
      expect(lines.join("\n").includes(rootHome(dataDir))).toBe(moved);
    });

    await t.step("a stop ends it in good order", async () => {
      await pg.stop();
      expect(await pg.exited).toBe("ended with code 0");
    });

    await t.step("after a kill -9 it starts again at once", async () => {
      pg = await startPostgres({ dataDir, log });
      await query(pg.url, "insert into notes values ('after a commit')");
      Deno.kill(pg.pid, "SIGKILL");
      expect(await pg.exited).toBe("was ended by SIGKILL");
      const next = await startPostgres({ dataDir, log, port: pg.port });
      await pg.stop();
      pg = next;
      expect(await query(pg.url, "select word from notes")).toEqual([
        { word: "kept" },
        { word: "after a commit" },
      ]);
    });

    await t.step("one that outlived its launcher is ended first", async () => {
      const next = await startPostgres({ dataDir, log });
      expect(await isAlive(pg.pid)).toBe(false);
      expect(lines.at(-1)).toContain(`(process ${pg.pid})`);
      await pg.stop();
      await next.stop();
    });
  });
});

Deno.test("a pid file whose number belongs to another program by now does not stop the start, nor that program", async () => {
  await withFolder(async (dataDir) => {
    await Deno.chmod(dataDir, 0o755);
    await (await startPostgres({ dataDir, log: quiet })).stop();
    const other = new Deno.Command("sleep", { args: ["60"] }).spawn();
    const pidFile = `${dataDir}/postgres/postmaster.pid`;
    await Deno.writeTextFile(pidFile, `${other.pid}\n${dataDir}/postgres\n`);

    const pg = await startPostgres({ dataDir, log: quiet });

    expect(await isAlive(other.pid)).toBe(true);
    other.kill();
    await other.status;
    await pg.stop();
  });
});

Deno.test("a DATA_DIR that was deleted and made anew begins with an empty database", async () => {
  await withFolder(async (dataDir) => {
    const first = await startPostgres({ dataDir, log: quiet });
    await query(first.url, "create table notes ()");
    await first.stop();
    for await (const { name } of Deno.readDir(dataDir)) {
      await removeAll(`${dataDir}/${name}`);
    }

    const second = await startPostgres({ dataDir, log: quiet });

    const rows = await query(
      second.url,
      "select to_regclass('notes')::text as notes",
    );
    await second.stop();
    await removeAll(`${rootHome(dataDir)}.old`);
    expect(rows).toEqual([{ notes: null }]);
  });
});

Deno.test("a cluster without its password is refused with a sentence that names the file", async () => {
  await withFolder(async (dataDir) => {
    await Deno.mkdir(`${dataDir}/postgres`);
    await expect(startPostgres({ dataDir, log: quiet })).rejects.toThrow(
      `${dataDir}/postgres-password is missing`,
    );
  });
});

async function query(url: string, text: string) {
  const sql = postgres(url, { max: 1, onnotice: quiet });
  try {
    return [...await sql.unsafe(text)];
  } finally {
    await sql.end();
  }
}
