-- What an upload would do, kept so that looking at it again, or taking away its refused rows, costs nothing: it holds
-- while nothing else has been recorded, and only then.
alter table import_upload
  add column preview jsonb,
  add column previewed_at bigint;               -- the revision it was held against
