package scenario_test
import ("testing";"time";"os";"runtime"
"github.com/fakeattio/fakeattio/fake/internal/scenario"
"github.com/fakeattio/fakeattio/fake/internal/world"
"github.com/fakeattio/fakeattio/fake/internal/attribute"
"github.com/fakeattio/fakeattio/fake/internal/attio"
"fmt"
)
func TestPerf(t *testing.T){
 start:=time.Now()
 seed:=load(t, scenario.Text("x.yaml","version: 1\nseed: 4\nextends: [blank]\nworkspaces: {blank: {objects: {deals: {enabled: true}}, generate: {companies: 20000, people: 70000, deals: 10000}}}\n"))
 t.Log("load", time.Since(start))
 w:=world.New(seed)
 ws:=w.Workspaces()[0]
 start=time.Now()
 // run-time changes for 20000
 people,_:=ws.View().Schema.Object("people")
 title,_:=people.Attribute("job_title")
 _ = ws.Update(world.Author{Actor: attio.Actor{Type: attio.ActorSystem}}, func(tx *world.Tx) error { n:=0
  for r := range ws.View().Records(people.ID) { if n++; n>20000 {break}
   if _,err:=tx.UpdateRecord(people, r.ID, world.Overwrite, []world.Write{{Attribute:string(title.ID),Value:fmt.Sprint("T",n)}}); err!=nil {return err} }
  for i:=range 10000 { if _,err:=tx.CreateRecord(people, w.NewID(), []world.Write{{Attribute:"name",Value:"Same, Name"},{Attribute:"email_addresses",Value:[]any{fmt.Sprintf("x%d@example.com",i)}}}); err!=nil {return err}}
  return nil})
 _ = attribute.TypeText
 t.Log("changed", time.Since(start))
 start=time.Now()
 var before, after runtime.MemStats
 runtime.ReadMemStats(&before)
 file,err:=scenario.Export(w.Present())
 runtime.ReadMemStats(&after)
 t.Log("export", time.Since(start), len(file), (after.TotalAlloc-before.TotalAlloc)>>20, "MB", err)
 os.WriteFile("/tmp/big.yaml",file,0o644)
 start=time.Now()
 again:=load(t, scenario.Text("y.yaml",string(file)))
 t.Log("load again", time.Since(start))
 if told(w.Present())!=told(again) { t.Error("differs") }
}
