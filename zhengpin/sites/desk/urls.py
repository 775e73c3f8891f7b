from django.urls import URLPattern, URLResolver, include, path

from zhengpin.sites.desk import views

pages = [
    path("", views.home, name="home"),
    path("own", views.own, name="own"),
    path("search", views.search, name="search"),
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("post", views.post, name="post"),
    path("password", views.password, name="password"),
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
    path("desk/components/", views.components, name="components"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include((pages, "desk"))),
    path("handoffs/", include("zhengpin.mechanisms.handoffs.web.urls")),
    path("plans/", include("zhengpin.mechanisms.plans.web.urls")),
]
