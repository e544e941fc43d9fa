-- Few runs are hidden: the list of them, and the look for them at every upload, must not read the whole catalogue.
create index runs_hidden on runs (folder_path, run_suffix) where hidden_at is not null;
