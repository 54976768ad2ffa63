// A small web app in an image of its own: what it does is decided by MODE.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const socket = "/check.sock"

// SO_REUSEPORT, which package syscall does not name: on the host's network the new task listens beside the old one.
const reusePort = 15

func main() {
	if len(os.Args) > 1 && os.Args[1] == "check" {
		check()
		return
	}
	mode := os.Getenv("MODE")
	if mode == "crash" {
		os.Exit(1)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/version", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, os.Getenv("VERSION"))
	})
	mux.HandleFunc("/api/health", func(w http.ResponseWriter, r *http.Request) {
		if mode == "ill" {
			w.WriteHeader(500)
		}
		fmt.Fprint(w, "ok")
	})
	// Asked inside the container alone: at the port the other task may answer.
	inside := http.NewServeMux()
	inside.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if mode == "unhealthy" {
			w.WriteHeader(503)
		}
	})
	local, err := net.Listen("unix", socket)
	must(err)
	go http.Serve(local, inside)
	config := net.ListenConfig{Control: func(network, address string, raw syscall.RawConn) error {
		var failed error
		if err := raw.Control(func(fd uintptr) {
			failed = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, reusePort, 1)
		}); err != nil {
			return err
		}
		return failed
	}}
	listener, err := config.Listen(context.Background(), "tcp", "127.0.0.1:"+os.Getenv("PORT"))
	must(err)
	server := &http.Server{Handler: mux}
	ended := make(chan struct{})
	go func() {
		term := make(chan os.Signal, 1)
		signal.Notify(term, syscall.SIGTERM)
		<-term
		limit, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		server.Shutdown(limit)
		close(ended)
	}()
	if err := server.Serve(listener); err != http.ErrServerClosed {
		must(err)
	}
	<-ended
}

func check() {
	client := http.Client{Timeout: time.Second, Transport: &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return net.Dial("unix", socket)
		}}}
	answer, err := client.Get("http://inside/")
	if err != nil || answer.StatusCode != 200 {
		os.Exit(1)
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
