-- +goose Up

-- A sheet's head: what the next entry follows. Appending changes this row under
-- the sequence number that was seen, so two writers cannot both win.
create table sheet (
    house text not null,
    sheet text not null,
    kind text not null,
    seq bigint not null,
    hash text not null,
    recorded bigint not null,
    primary key (house, sheet)
);

-- text is what is hashed; the other columns are for questions, and verify
-- checks that they say what the text says.
create table entry (
    house text not null,
    sheet text not null,
    seq bigint not null,
    id text not null,
    kind text not null,
    who text not null,
    bench text not null,
    happened bigint not null,
    recorded bigint not null,
    text text not null,
    prev text not null,
    hash text not null,
    primary key (house, sheet, seq)
);
create unique index entry_id on entry (house asc, id asc);

create table blob (
    house text not null,
    hash text not null,
    media text not null,
    size bigint not null,
    primary key (house, hash)
);

create table number (
    house text not null,
    site text not null,
    year bigint not null,
    kind text not null,
    last bigint not null,
    primary key (house, site, year, kind)
);
