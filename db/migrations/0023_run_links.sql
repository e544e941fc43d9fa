-- Which runs were restarted from a document, and which name it as related (db/runs/links.ts): few runs of a catalogue name any.
create index runs_restarted_from on runs ((detail->'tags'->'restart'->>'from'))
  where detail->'tags'->'restart'->>'from' is not null;
create index runs_linked_to on runs ((detail->'tags'->>'linked_to'))
  where detail->'tags'->>'linked_to' is not null;
