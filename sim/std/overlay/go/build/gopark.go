//go:build gopark

package build

// There is no go command to ask about modules.

//gopark:drop Context.importGo

func (ctxt *Context) importGo(p *Package, path, srcDir string, mode ImportMode) error {
	return errNoModules
}
