from django.urls import URLPattern, URLResolver, include, path

from zhengpin.sites.desk import ledger, views
from zhengpin.sites.desk.door import views as door

pages = [
    path("", views.home, name="home"),
    path("own", views.own, name="own"),
    path("search", views.search, name="search"),
    path("sign-in", door.sign_in, name="sign_in"),
    path("sign-in/again", door.start_over, name="start_over"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("post", views.post, name="post"),
    path("password", views.password, name="password"),
    path("account", door.account, name="account"),
    path("account/second-step", door.second_step_required, name="second_step_required"),
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
    path("desk/components/", views.components, name="components"),
]
ledger_pages = [
    path("", ledger.home, name="home"),
    path("entries/<uuid:uuid>", ledger.entry, name="entry"),
    path("entries/<uuid:uuid>/proof", ledger.proof, name="proof"),
    path("checkpoint", ledger.checkpoint, name="checkpoint"),
    path("verifier", ledger.verifier, name="verifier"),
    path("consistency/<int:old>/<int:new>", ledger.consistency, name="consistency"),
    path("delay", ledger.delay, name="delay"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((pages, "desk"))),
    path("handoffs/", include("zhengpin.mechanisms.handoffs.web.urls")),
    path("decisions/", include("zhengpin.mechanisms.decisions.web.urls")),
    path("", include("zhengpin.sites.desk.door.urls")),
    path("files/", include("zhengpin.base.files.web.urls")),
    path("law/", include("zhengpin.base.lawbase.web.urls")),
    path("", include("zhengpin.base.access.web.urls")),
    path("ledger/", include((ledger_pages, "ledger"))),
    path("worklist/", include("zhengpin.mechanisms.proceedings.web.worklist_urls")),
    path("proceedings/", include("zhengpin.mechanisms.proceedings.web.urls")),
    path("notices/", include("zhengpin.base.notices.web.urls")),
    path("tasks/", include("zhengpin.mechanisms.tasks.web.urls")),
    path("plans/", include("zhengpin.mechanisms.plans.web.urls")),
    path("plans/", include("zhengpin.mechanisms.issuing.web.urls")),
]
