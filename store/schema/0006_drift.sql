-- +goose Up

-- drifts: a control chart of the tool stands in alarm.
alter table tool_row add column drifts boolean not null default false;
