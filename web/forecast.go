package web

import (
	"net/http"

	"etabli.example/trade/order"
)

// forecast says when an order will be ready, as far as the queue tells; "" where
// there is nothing to say.
func (s *Server) forecast(r *http.Request, st order.State) string {
	if st.Stage.Closed() || st.Stage == order.Ready {
		return ""
	}
	f, ok := s.shop.Forecast(r.Context(), st.Sheet)
	if !ok {
		return ""
	}
	t := s.printer(r)
	return t.T("order.forecast", t.Day(f.Late), t.Day(f.Middle), f.Rests)
}
