package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/cognilint/cognilint/finding"
	"github.com/cognilint/cognilint/internal/cognito"
	"github.com/cognilint/cognilint/remediate"
	"github.com/cognilint/cognilint/scanner"
	"github.com/cognilint/cognilint/snapshot"
)

// livePool is one pool of the API, as package remediate reads and writes it.
type livePool struct {
	place *scanner.Entrance
	id    string
}

// Read implements [remediate.API].
func (p livePool) Read(ctx context.Context) (*snapshot.Pool, error) {
	pool, problems := p.place.Read(ctx, p.id)
	if pool != nil {
		return pool, nil
	}
	for _, problem := range problems {
		return nil, errors.New(problem.Operation + ": " + problem.Message)
	}
	return nil, ctx.Err()
}

// ReadPart implements [remediate.API].
func (p livePool) ReadPart(ctx context.Context, part remediate.Part) (map[string]any, error) {
	client := p.place.Client()
	switch part.Section {
	case "UserPool":
		return client.DescribePool(ctx, p.id)
	case "MfaConfig":
		return client.MfaConfig(ctx, p.id)
	case "Clients":
		return client.DescribeClient(ctx, p.id, part.ID)
	case "LogDeliveryConfiguration":
		return client.LogDelivery(ctx, p.id)
	case "RiskConfigurations":
		if part.ID == "" {
			return client.PoolRisk(ctx, p.id)
		}
		return client.ClientRisk(ctx, p.id, part.ID)
	}
	return nil, fmt.Errorf("cognilint cannot read %s alone", part)
}

// Request implements [remediate.API].
func (p livePool) Request(operation string, part remediate.Part, before, state map[string]any) (map[string]any, error) {
	return cognito.Request(operation, p.id, part.ID, before, state)
}

// Write implements [remediate.API].
func (p livePool) Write(ctx context.Context, operation string, request map[string]any) (string, error) {
	id, err := p.place.Client().Write(ctx, operation, p.id, request)
	var failure *cognito.WriteError
	if errors.As(err, &failure) {
		return "", &remediate.WriteError{
			Outcome: remediate.Outcome(failure.Outcome), Code: failure.Code, Message: failure.Advice(), RequestID: failure.RequestID,
		}
	}
	return id, err
}

// enter finds the place of a pool. The pool itself tells best which account it is
// in; the error says that the credentials and flags lead elsewhere.
func enter(ctx context.Context, live *scanner.Live, pool finding.Pool) (*scanner.Entrance, error) {
	if place, ok := live.Find(ctx, pool.Account, pool.Region); ok {
		return place, nil
	}
	entrances, problems, err := live.Enter(ctx)
	if err != nil {
		return nil, err
	}
	var reached []string
	for _, e := range entrances {
		if e.Region() == pool.Region {
			if found, _ := e.Read(ctx, pool.ID); found != nil && found.Account == pool.Account {
				return e, nil
			}
		}
		reached = append(reached, strings.TrimSpace(e.Account(ctx)+" "+e.Region()))
	}
	// The pool may be gone from where it was.
	if place, ok := live.Find(ctx, pool.Account, pool.Region); ok {
		return place, nil
	}
	for _, p := range problems {
		reached = append(reached, p.Operation+": "+p.Message)
	}
	return nil, fmt.Errorf("%s is in another account or Region than these credentials and flags lead to (%s); use --profile, --role-arn, --account or --region", poolLabel(pool), strings.Join(reached, "; "))
}

// work opens the journal of a pool and gathers what package remediate needs.
func work(ctx context.Context, place *scanner.Entrance, pool finding.Pool, journals string, tell func(remediate.Progress)) (remediate.Work, error) {
	journal, err := remediate.OpenJournal(journals, pool.ID)
	if err != nil {
		return remediate.Work{}, fmt.Errorf("the journal cannot be opened, so nothing was changed: %w; choose a folder with --journal-dir", err)
	}
	return remediate.Work{
		API: livePool{place, pool.ID}, Journal: journal, Tool: "cognilint " + version(), Caller: place.Caller(ctx), Tell: tell,
	}, nil
}

// closeJournal returns the path of a journal that says anything; others go.
func closeJournal(journal *remediate.Journal) string {
	journal.Close()
	if info, err := os.Stat(journal.Path); err == nil && info.Size() == 0 {
		os.Remove(journal.Path)
		return ""
	}
	return journal.Path
}

// apply carries out a plan for a live pool.
func (f *fixer) apply(ctx context.Context, plan *remediate.Plan, replan func(context.Context, *snapshot.Pool) (*remediate.Plan, error)) (remediate.Result, string, error) {
	place, err := enter(ctx, f.live, plan.Pool)
	if err != nil {
		return remediate.Result{}, "", err
	}
	switch running, err := place.Client().ImportRunning(ctx, plan.Pool.ID); {
	case err != nil:
		fmt.Fprintf(f.out, "cognilint: %s: whether users are imported just now is not known: %s\n", poolLabel(plan.Pool), printable(err.Error()))
	case running:
		return remediate.Result{State: remediate.Unchanged, Message: "users are imported into the pool just now; try again when that is over"}, "", nil
	}
	w, err := work(ctx, place, plan.Pool, f.journals, f.tell)
	if err != nil {
		return remediate.Result{}, "", err
	}
	result, err := remediate.Apply(ctx, w, plan, replan)
	return result, closeJournal(w.Journal), err
}

func (f *fixer) tell(p remediate.Progress) { tellProgress(f.out, p) }
