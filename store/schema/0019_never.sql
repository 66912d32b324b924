-- +goose Up

-- What has no date stands after every date; the mark was a day that can be typed.
update order_row set due = '9999-12-32' where due = '9999-12-31';
update lot_row set expiry = '9999-12-32' where expiry = '9999-12-31';
update tool_row set due = '9999-12-32' where due = '9999-12-31';
