package web

import (
	"net/http"
	"slices"
)

// routes names every address once, grouped by page family.
func (s *Server) routes() {
	// shell
	s.mux.Handle("GET /static/{hash}/{name...}", s.assets) // neither logged nor counted: they say nothing
	s.routed = append(s.routed, "GET /static/{hash}/{name...}")
	s.handle("POST /lang", s.setLanguage)
	s.handle("POST /theme", s.setTheme)
	s.handle("GET /gallery", s.gallery)
	s.handle("GET /gallery/live", s.galleryLive)
	s.handle("/", s.unknown)
	s.healthRoutes()
	if s.shop != nil {
		s.accountRoutes()
		// counter
		s.boardRoutes()
		s.searchRoutes()
		s.counterRoutes()
		s.customerRoutes()
		s.receptionRoutes()
		s.draftRoutes()
		s.cameraRoutes()
		s.accessRoutes()
		s.orderRoutes()
		s.photoRoutes()
		s.documentRoutes()
		// bench
		s.protocolRoutes()
		s.calibreRoutes()
		s.ownRoutes()
		s.shelfRoutes()
		s.measurementRoutes()
		s.clockRoutes()
		s.chronometerRoutes()
		s.importRoutes()
		s.checksRoutes()
		s.diagnosisRoutes()
		s.questionnaireRoutes()
		s.benchRoutes()
		// quote to return, and the office
		s.adviceRoutes()
		s.quoteRoutes()
		s.approvalRoutes()
		s.termsRoutes()
		s.linkRoutes()
		s.preparationRoutes()
		s.workRoutes()
		s.polishRoutes()
		s.alertRoutes()
		s.offlineRoutes()
		s.pieceRoutes()
		s.passportRoutes()
		s.controlRoutes()
		s.restitutionRoutes()
		s.priceRoutes()
		s.outboxRoutes()
		s.peopleRoutes()
		// the back room
		s.stockRoutes()
		s.toolRoutes()
		s.registerRoutes()
		s.figureRoutes()
		s.standingRoutes()
		s.competenceRoutes()
		s.houseRoutes()
		s.setupRoutes()
		s.followRoutes()
		s.securityRoutes()
		s.eraseRoutes()
		s.trustRoutes()
	}
}

// handle registers a handler under a pattern of net/http.
func (s *Server) handle(pattern string, h handler) {
	s.mux.Handle(pattern, s.wrap(h))
	s.routed = append(s.routed, pattern)
}

// Routes returns every pattern that is answered, as net/http writes them, so
// that a test which tries all pages and forms cannot forget a new one.
func (s *Server) Routes() []string { return slices.Clone(s.routed) }

// Handle registers a handler made elsewhere (the live connection) behind the
// same middleware, and lets the bar show its entry.
func (s *Server) Handle(pattern string, h http.Handler) {
	s.handle(pattern, func(w http.ResponseWriter, r *http.Request) error { h.ServeHTTP(w, r); return nil })
	s.nav = served(s.mux, navigation)
}
