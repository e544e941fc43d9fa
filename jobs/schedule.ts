import {
  type CronItem,
  parseCronItems,
  type ParsedCronItem,
} from "graphile-worker";
import { config } from "../config.ts";

const MINUTES_PER_DAY = 1440;

/** The clock: a look for new runs every SYNC_MINUTES, a full pass at night, cleaning every ten minutes. */
export function schedule(): ParsedCronItem[] {
  const items: CronItem[] = [
    {
      task: "sync_catalogue",
      match: ({ hour, min }) =>
        (hour * 60 + min) % Math.min(config.SYNC_MINUTES, MINUTES_PER_DAY) ===
          0,
      payload: { pass: "new" },
      options: { jobKey: "sync_catalogue:new" },
    },
    {
      task: "sync_catalogue",
      match: "17 3 * * *",
      payload: { pass: "full" },
      options: { jobKey: "sync_catalogue:full" },
    },
    {
      task: "clean_up",
      match: "*/10 * * * *",
      payload: {},
      options: { jobKey: "clean_up" },
    },
  ];
  return parseCronItems(items);
}
