-- +goose Up

-- A price is for a family of calibres and a class of case too, and may end. What
-- table price held before stays there, for any family and case, until it is set anew.
create table price_list (
    house text not null,
    operation text not null,
    kind text not null,
    family text not null,
    casing text not null,
    begins text not null,
    ends text not null,
    gross bigint not null,
    vat bigint not null,
    primary key (house, operation, kind, family, casing, begins)
);

-- Until when a quote waits for whoever approves it, RFC 3339; empty where none does.
alter table order_row add column approval text not null default '';
create index order_approval on order_row (house asc, approval asc, sheet asc) where approval <> '';
