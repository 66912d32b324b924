package timing

import (
	"runtime"
	"testing"

	"etabli.example/timing/synth"
)

func benchSound(seconds float64) []float32 {
	c, _ := synth.Make(synth.Watch{BeatErrorMS: 0.4}, synth.Options{Rate: 48000, Seconds: seconds, SNR: 20})
	return c.Channels[0]
}

// BenchmarkStream is a live watch at 48 kHz with a reading every second: one
// operation is a minute of sound. 1/200 of real time is 300 ms.
func BenchmarkStream(b *testing.B) {
	x := benchSound(60)
	b.ReportAllocs()
	for b.Loop() {
		m, _ := NewMeter(Config{Rate: 48000})
		for i := 0; i < len(x); i += 48000 {
			m.Write(x[i : i+48000])
			m.Reading()
		}
	}
}

// BenchmarkWrite is the listening alone, one second of sound an operation.
func BenchmarkWrite(b *testing.B) {
	x := benchSound(1)
	m, _ := NewMeter(Config{Rate: 48000})
	b.ReportAllocs()
	for b.Loop() {
		m.Write(x)
	}
}

// BenchmarkReading is one update with a minute of sound remembered.
func BenchmarkReading(b *testing.B) {
	x := benchSound(70)
	m, _ := NewMeter(Config{Rate: 48000})
	m.Write(x[:60*48000])
	m.Reading()
	at := 60 * 48000
	b.ReportAllocs()
	for b.Loop() {
		if at+12000 > len(x) {
			at = 0
		}
		m.Write(x[at : at+12000])
		at += 12000
		m.Reading()
	}
}

// TestMemory holds a stream to 8 MB, whatever it has heard.
func TestMemory(t *testing.T) {
	x := benchSound(10)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	m, err := NewMeter(Config{Rate: 48000})
	if err != nil {
		t.Fatal(err)
	}
	for range 9 {
		m.Write(x)
		m.Reading()
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if got := int64(after.HeapAlloc) - int64(before.HeapAlloc); got > 8<<20 {
		t.Errorf("a stream holds %d bytes, want at most 8 MB", got)
	}
	runtime.KeepAlive(m)
}
