package intercept

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// queue is a listener of connections that came in some other way.
type queue struct {
	arrived chan arrival
	closed  chan struct{}
	close   func()
	address net.Addr
}

type arrival struct {
	conn net.Conn
	err  error
}

func newQueue(address net.Addr) *queue {
	closed := make(chan struct{})
	return &queue{make(chan arrival), closed, sync.OnceFunc(func() { close(closed) }), address}
}

func (q *queue) Accept() (net.Conn, error) {
	select {
	case a := <-q.arrived:
		return a.conn, a.err
	case <-q.closed:
		return nil, net.ErrClosed
	}
}

func (q *queue) Close() error   { q.close(); return nil }
func (q *queue) Addr() net.Addr { return q.address }

// add hands a connection, or what went wrong, to who accepts. It closes the connection if nobody does any more.
func (q *queue) add(a arrival) {
	select {
	case q.arrived <- a:
	case <-q.closed:
		if a.conn != nil {
			_ = a.conn.Close()
		}
	}
}

// split is a listener of those connections of another one that do not begin with a TLS handshake.
type split struct {
	*queue
	from net.Listener
}

// patience is how long a connection may keep quiet before it says what it speaks, as long as it may take for a header.
const patience = 10 * time.Second

// newSplit accepts from a listener until it is closed, and puts the connections that begin with a TLS handshake into a queue.
func newSplit(ctx context.Context, from net.Listener, secure *queue) *split {
	s := &split{newQueue(from.Addr()), from}
	go func() {
		for {
			conn, err := from.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				s.add(arrival{err: err})
				continue
			}
			go s.sort(ctx, conn, secure)
		}
	}()
	return s
}

func (s *split) Close() error {
	_ = s.queue.Close()
	return s.from.Close()
}

// sort waits for the first byte of a connection.
func (s *split) sort(ctx context.Context, conn net.Conn, secure *queue) {
	const handshake = 22 // the type of the record, RFC 8446, section 5.1
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	reader := bufio.NewReader(conn)
	first, err := reader.Peek(1)
	switch {
	case !stop() || err != nil:
		_ = conn.Close()
	case first[0] == handshake:
		secure.add(arrival{conn: begun{conn, reader}})
	default:
		s.add(arrival{conn: begun{conn, reader}})
	}
}

// begun is a connection of which something has been read already.
type begun struct {
	net.Conn
	reader io.Reader
}

func (b begun) Read(p []byte) (int, error) { return b.reader.Read(p) }

// CloseWrite ends what is sent and leaves what comes: net/http closes so, that the last answer is not lost.
func (b begun) CloseWrite() error { return closeWrite(b.Conn) }

func closeWrite(conn net.Conn) error {
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return conn.Close()
}
