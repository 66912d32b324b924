-- +goose Up

-- One line per order, a pure function of its sheet. due is the promised date,
-- or 9999-12-31 where nothing was promised, so that those come last.
create table order_row (
    house text not null,
    sheet text not null,
    number text not null,
    site text not null,
    year bigint not null,
    ord bigint not null,
    stage text not null,
    stage_since bigint not null,
    opened bigint not null,
    last bigint not null,
    closed boolean not null,
    customer text not null,
    watch text not null,
    brand text not null,
    model text not null,
    calibre text not null,
    kind text not null,
    case_no text not null,
    technician text not null,
    due text not null,
    purpose text not null,
    beyond boolean not null,
    quote_until bigint not null,
    seq bigint not null,
    primary key (house, sheet)
);
create unique index order_number on order_row (house asc, number asc) where number <> '';
create index order_newest on order_row (house asc, year desc, ord desc, number desc, sheet desc);
create index order_stage on order_row (house asc, stage asc, year desc, ord desc, number desc, sheet desc);
create index order_site on order_row (house asc, site asc, year desc, ord desc, number desc, sheet desc);
create index order_technician on order_row (house asc, technician asc, year desc, ord desc, number desc, sheet desc);
create index order_customer on order_row (house asc, customer asc, year desc, ord desc, number desc, sheet desc);
create index order_watch on order_row (house asc, watch asc, year desc, ord desc, number desc, sheet desc);
create index order_ord on order_row (house asc, ord asc, year desc, number desc, sheet desc);
-- Open orders are few beside the closed ones: what the day's work asks for
-- reads only these. closed stands in the two the board counts by, so that
-- counting reads nothing else.
create index order_open on order_row (house asc, stage asc, due asc, year asc, ord asc, sheet asc, closed asc) where not closed;
create index order_open_site on order_row (house asc, site asc, stage asc, due asc, year asc, ord asc, sheet asc, closed asc) where not closed;
create index order_open_newest on order_row (house asc, year desc, ord desc, number desc, sheet desc) where not closed;
create index order_open_technician on order_row (house asc, technician asc, year desc, ord desc, number desc, sheet desc) where not closed;

-- The words things are found by, folded by store/search.go.
create table term (
    house text not null,
    domain text not null,
    target text not null,
    word text not null,
    primary key (house, domain, target, word)
);
create index term_word on term (house asc, domain asc, word asc, target asc);
