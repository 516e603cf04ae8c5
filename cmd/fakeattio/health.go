package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/spf13/cobra"
)

// healthTimeout is how long a healthy server may take to answer.
const healthTimeout = 3 * time.Second

func newHealth() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "health [URL]",
		Short: "Check whether a running server is healthy",
		Long: `health checks the server at a base URL, or the one on this machine that listens on
--listen. It exits with code 0 if the server is healthy and 1 if not. The container
image uses it as its health check.`,
		Args: arguments(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			url := serverURL(args, listen)
			if err := checkBaseURL(url); err != nil {
				return misuse{err}
			}
			if err := checkHealth(url); err != nil {
				return fmt.Errorf("%s is not healthy: %w", url, err)
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "%s is healthy\n", url)
			return err
		},
	}
	cmd.Flags().StringVar(&listen, "listen", defaultListen, "`ADDRESS` that the server listens on, as for serve")
	return cmd
}

func checkHealth(url string) error {
	client := &http.Client{
		Timeout:       healthTimeout,
		Transport:     &http.Transport{}, // no proxy in between
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	response, err := client.Get(url + "/_fake/health")
	if err != nil {
		return plainNetwork(err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("it answered %s", response.Status)
	}
	var health struct {
		Status string `json:"status"`
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, 1<<10)).Decode(&health); err != nil || health.Status != "ok" {
		return errors.New("another program answers there")
	}
	return nil
}
