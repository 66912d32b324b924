package storetest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"etabli.example/store"
	"etabli.example/trade/customer"
)

// townsfolk makes up names as a country has them: few that many bear, many that few
// do; a surname for every fifth customer.
type townsfolk struct {
	chance *rand.Rand
	common *rand.Zipf
	n      int
}

var (
	heads = []string{"Mar", "Du", "Le", "Be", "Ro", "Gau", "Lam", "Pe", "Mo", "Si", "Bou", "Cha", "Fon", "Gi", "Hen", "Ju", "Ker", "La", "Mer", "Na", "Oli", "Pru", "Ri", "Sau", "The", "Va", "Wei", "Ye", "Za", "Bro"}
	cores = []string{"", "ti", "ber", "lan", "ro", "che", "gue", "mi", "na", "sse", "ri", "ven", "do", "lle", "pa", "tou", "va", "man", "cou", "fe"}
	tails = []string{"n", "nt", "rd", "t", "lt", "let", "che", "re", "ois", "eau", "ier", "ac", "ez", "el", "on", "in", "elle", "is", "oux", "as"}
)

func newTownsfolk(n int) *townsfolk {
	chance := rand.New(rand.NewPCG(8, uint64(n)))
	return &townsfolk{chance, rand.NewZipf(chance, 1.1, 8, uint64(max(n/5, 50))), n}
}

func (p *townsfolk) surname() string {
	k := int(p.common.Uint64())
	name := heads[k%len(heads)] + cores[k/len(heads)%len(cores)] + cores[k/(len(heads)*len(cores))%len(cores)]
	return name + tails[k/(len(heads)*len(cores)*len(cores))%len(tails)]
}

func (p *townsfolk) one(i int) customer.Customer {
	name, given := p.surname(), givens[p.chance.IntN(len(givens))]
	return customer.Customer{House: house, ID: fmt.Sprintf("c%08d", i), Name: name, Given: given, Phone: fmt.Sprintf("06%08d", p.chance.IntN(100_000_000)),
		Email: fmt.Sprintf("%s%d@example.org", name, i), City: []string{"Paris", "Lyon", "Besançon", "Lille"}[i%4], Lang: "fr", Created: at(i)}
}

// BenchCustomers measures what the counter's search costs with so many customers
// in the book, for each thing that may be typed of one of them.
func BenchCustomers(b *testing.B, open func(testing.TB) *store.Store, n int) {
	s, made, start := open(b), newTownsfolk(n), time.Now()
	for i := 0; i < n; i += 1000 {
		do(b, s, func(ctx context.Context, tx *store.Tx) error {
			for j := i; j < min(i+1000, n); j++ {
				if err := tx.PutCustomer(ctx, made.one(j)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	b.Logf("%d customers written in %s", n, time.Since(start).Round(time.Second))
	for name, words := range map[string]string{"prefix": "gau", "whole": "Martin", "ear": "Gotier", "two words": "dup jean", "piece": "rtou", "slip": "Lamberrtn",
		"slip and given name": "Rochetn jean", "phone": "61234", "nobody": "xqzvkw"} {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			found := 0
			for b.Loop() {
				began := time.Now()
				view(b, s, func(ctx context.Context, tx *store.Tx) error {
					all, err := tx.FindCustomers(ctx, words, 8)
					found = len(all)
					return err
				})
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(found), "found")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
