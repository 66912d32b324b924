package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics is what the process counts. Labels are patterns and statuses, never
// what an address named: they would tell who did what.
type metrics struct {
	registry *prometheus.Registry
	handler  http.Handler
	requests *prometheus.CounterVec
	took     *prometheus.HistogramVec
	now      prometheus.Gauge
	refused  *prometheus.CounterVec
}

// buckets lie around what a page may take, in seconds.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "etabli_requests_total", Help: "Requests answered."}, []string{"route", "status"}),
		took:     prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "etabli_request_seconds", Help: "How long an answer took.", Buckets: buckets}, []string{"route"}),
		now:      prometheus.NewGauge(prometheus.GaugeOpts{Name: "etabli_requests_under_way", Help: "Requests being answered."}),
		refused:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "etabli_refused_total", Help: "Attempts that were refused."}, []string{"why"}),
	}
	m.registry.MustRegister(m.requests, m.took, m.now, m.refused, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.handler = promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
	return m
}

func (m *metrics) note(route string, status int, took time.Duration) {
	m.requests.WithLabelValues(route, strconv.Itoa(status)).Inc()
	m.took.WithLabelValues(route).Observe(took.Seconds())
}
