-- +goose Up

-- One line per lot, a pure function of its sheet; qty is changed by what is
-- taken, under the condition that there is enough. expiry is 9999-12-31 where
-- the lot does not expire, so that those come last.
create table lot_row (
    house text not null,
    sheet text not null,
    code text not null,
    label text not null,
    lot text not null,
    lot_key text not null,
    place text not null,
    came bigint not null,
    qty bigint not null,
    unit text not null,
    expiry text not null,
    supplier text not null,
    origin text not null,
    ended boolean not null,
    last bigint not null,
    seq bigint not null,
    primary key (house, sheet)
);
create index lot_open on lot_row (house asc, code asc, expiry asc, sheet asc) where not ended;
create index lot_label on lot_row (house asc, lot_key asc, ended asc, expiry asc, sheet asc);

create table part_minimum (
    house text not null,
    code text not null,
    label text not null,
    level bigint not null,
    primary key (house, code, label)
);

create table tool_row (
    house text not null,
    sheet text not null,
    name text not null,
    kind text not null,
    serial text not null,
    place text not null,
    due text not null,
    every bigint not null,
    instrument boolean not null,
    stopped boolean not null,
    withdrawn boolean not null,
    last bigint not null,
    seq bigint not null,
    primary key (house, sheet)
);
create index tool_due on tool_row (house asc, withdrawn asc, due asc, name asc, sheet asc);

-- What figures and competences ask for: the entries of a kind since a day, those
-- of a person, newest first; the orders closed since a day; the promises that come.
create index entry_kind on entry (house asc, kind asc, happened desc, sheet desc, seq desc);
create index entry_who on entry (house asc, who asc, happened desc, sheet desc, seq desc);
create index order_closed on order_row (house asc, closed asc, stage_since desc, sheet desc, opened asc);
create index order_open_since on order_row (house asc, stage asc, stage_since asc, closed asc) where not closed;
create index order_open_due on order_row (house asc, due asc, year asc, ord asc, sheet asc, stage asc) where not closed;
