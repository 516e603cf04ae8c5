package control

import (
	"errors"
	"net/http"
	"slices"

	"github.com/fakeattio/fakeattio/fake/internal/attio"
	"github.com/fakeattio/fakeattio/fake/internal/suggest"
	"github.com/fakeattio/fakeattio/fake/internal/world"
)

// EnableObject turns on a standard object that is off at first.
func EnableObject(tx *world.Tx, slug string) (*world.Object, error) {
	if o, ok := tx.EnableObject(slug); ok {
		return o, nil
	}
	var known []string
	for _, o := range tx.Schema.Objects {
		if o.Standard != "" {
			known = append(known, o.Standard)
		}
	}
	slices.Sort(known)
	return nil, errors.New(suggest.Unknown("standard object", slug, known))
}

// DeleteObject removes a custom object, named by its slug or id, with its records and its lists.
func DeleteObject(tx *world.Tx, slugOrID string) error {
	o, err := tx.Schema.ObjectNamed(slugOrID, attio.ObjectNotFound)
	if err != nil {
		return err
	}
	return tx.DeleteObject(o)
}

// enableObject answers PUT /_fake/workspaces/{workspace}/objects/{object}/enabled.
func enableObject(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	err := workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error {
		_, err := EnableObject(tx, variable(r, "object"))
		return err
	})
	if err != nil {
		return nil, notFound(err.Error())
	}
	return nil, nil
}

// deleteObject answers DELETE /_fake/workspaces/{workspace}/objects/{object}.
func deleteObject(h *Handler, r *http.Request) (any, *refusal) {
	workspace, refused := h.workspace(r)
	if refused != nil {
		return nil, refused
	}
	name := variable(r, "object")
	if _, ok := workspace.View().Schema.Object(name); !ok {
		var slugs []string
		for _, o := range workspace.View().Schema.Objects {
			if o.Enabled {
				slugs = append(slugs, o.Slug)
			}
		}
		return nil, notFound(suggest.Unknown("object", name, slugs))
	}
	err := workspace.Update(workspace.View().DefaultAuthor(), func(tx *world.Tx) error { return DeleteObject(tx, name) })
	if err != nil {
		return nil, &refusal{status: http.StatusConflict, message: err.Error()}
	}
	return nil, nil
}
