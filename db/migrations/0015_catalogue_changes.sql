-- What is kept in memory of the catalogue (db/runs/memory.ts) is right as long as no statement has changed a run. Each such statement adds
-- a row here, in its own transaction: rows instead of one counter, so that writers never wait for one another.

create table catalogue_changes (
  id bigint generated always as identity primary key
);

create function note_catalogue_change() returns trigger language plpgsql as $$
begin
  insert into catalogue_changes default values;
  return null;
end
$$;

create trigger runs_note_change after insert or update or delete or truncate on runs
  for each statement execute function note_catalogue_change();
