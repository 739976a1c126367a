from bailiwick.web.door import page
from bailiwick.web.asked import Shown
for n in ("people","kept","settings"):
    @page(n+"-stub", name=n)
    def show(asked): return Shown("problem.html", {"title":"stub"})
