-- What this register is called in the names an export gives to what has no other name: `firstbell:1a2b3c4d:12`. Brought
-- back into the same register it is known again; in another it is a name like any other.
create table register_name (
  one  boolean primary key default true check (one),
  name text not null
);
insert into register_name (name) values (substr(encode(uuid_send(gen_random_uuid()), 'hex'), 1, 8));
