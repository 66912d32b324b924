-- +goose Up

-- alerts: how many of an order's alerts are open; alerted: since when the oldest
-- is, empty where none is. Few orders have one, and the page of alerts and the
-- board read only those.
alter table order_row add column alerts bigint not null default 0;
alter table order_row add column alerted text not null default '';
create index order_alerted on order_row (house asc, alerted asc, sheet asc) where alerted <> '';
