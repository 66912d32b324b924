-- +goose Up

-- What was given up waits for a decision: the page and the metrics ask for it.
create index after_dead on after_row (house asc, dead asc, due asc, id asc);
