package store

import "context"

const (
	sqlSetting    = `select value from setting where house = $1 and name = $2`
	sqlSettingPut = `insert into setting (house, name, value) values ($1, $2, $3) on conflict (house, name) do update set value = excluded.value`
)

// Setting returns a setting of the house; empty where it was never set.
func (t *Tx) Setting(ctx context.Context, key string) (string, error) {
	all, err := list(ctx, t, value[string], sqlSetting, t.house, key)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}

// PutSetting sets a setting of the house.
func (t *Tx) PutSetting(ctx context.Context, key, value string) error {
	_, err := t.exec(ctx, sqlSettingPut, t.house, key, value)
	return err
}
