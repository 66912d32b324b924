package store

import (
	"context"
	"slices"

	"etabli.example/trade/order"
)

const (
	sqlBoardCounts     = `select o.stage, count(*) from order_row o where o.house = $1 and not o.closed group by o.stage order by o.stage asc`
	sqlBoardCountsSite = `select o.stage, count(*) from order_row o where o.house = $1 and o.site = $2 and not o.closed group by o.stage order by o.stage asc`
	sqlBoardStage      = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.stage = $2 and not o.closed` +
		` order by o.due asc, o.year asc, o.ord asc, o.sheet asc limit $3`
	sqlBoardStageSite = `select ` + orderColumns + ` from order_row o where o.house = $1 and o.site = $2 and o.stage = $3 and not o.closed` +
		` order by o.due asc, o.year asc, o.ord asc, o.sheet asc limit $4`
)

type stageCount struct {
	stage order.Stage
	n     int
}

func scanStageCount(r scanner) (c stageCount, err error) {
	var stage string
	err = r.Scan(&stage, &c.n)
	c.stage = order.Stage(stage)
	return c, err
}

// Board returns the open orders of a site (of every site where it is empty): per
// stage at most limit, oldest promise first, those without a promise last; and
// how many each stage has. Stages come in the order of the spine.
func (t *Tx) Board(ctx context.Context, site string, limit int) (rows []order.Row, counts map[order.Stage]int, err error) {
	var stages []stageCount
	if site == "" {
		stages, err = list(ctx, t, scanStageCount, sqlBoardCounts, t.house)
	} else {
		stages, err = list(ctx, t, scanStageCount, sqlBoardCountsSite, t.house, site)
	}
	if err != nil {
		return nil, nil, err
	}
	if limit <= 0 {
		limit = usualOrders
	}
	spine := order.Stages()
	slices.SortFunc(stages, func(a, b stageCount) int { return slices.Index(spine, a.stage) - slices.Index(spine, b.stage) })
	counts = make(map[order.Stage]int, len(stages))
	for _, s := range stages {
		counts[s.stage] = s.n
		part, err := t.boardStage(ctx, site, s.stage, min(limit, mostOrders))
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, part...)
	}
	return rows, counts, nil
}

func (t *Tx) boardStage(ctx context.Context, site string, stage order.Stage, limit int) ([]order.Row, error) {
	if site == "" {
		return list(ctx, t, scanOrder, sqlBoardStage, t.house, string(stage), limit)
	}
	return list(ctx, t, scanOrder, sqlBoardStageSite, t.house, site, string(stage), limit)
}
