from django.urls import URLPattern, URLResolver, include, path

from zhengpin.base.access.web import organizations, people, sealed, tokens

organization_pages = [
    path("", organizations.organization_list, name="list"),
    path("new", organizations.organization_new, name="new"),
    path("<uuid:uuid>", organizations.organization_detail, name="detail"),
    path("<uuid:uuid>/names", organizations.give_name, name="give_name"),
    path("<uuid:uuid>/names/<int:pk>/end", organizations.end_name, name="end_name"),
    path("<uuid:uuid>/functions", organizations.give_function, name="give_function"),
    path("<uuid:uuid>/functions/<int:pk>/end", organizations.take_function, name="take_function"),
    path("<uuid:uuid>/succession", organizations.succeed, name="succeed"),
    path("<uuid:uuid>/dissolution", organizations.dissolve, name="dissolve"),
    path("<uuid:uuid>/posts", organizations.set_up_post, name="set_up_post"),
]
person_pages = [
    path("", people.person_list, name="list"),
    path("new", people.person_new, name="new"),
    path("<uuid:uuid>", people.person_detail, name="detail"),
    path("<uuid:uuid>/appointments", people.appoint, name="appoint"),
    path(
        "<uuid:uuid>/appointments/<uuid:appointed>/end",
        people.end_appointment,
        name="end_appointment",
    ),
    path("<uuid:uuid>/password", people.reset_password, name="reset_password"),
    path("<uuid:uuid>/deactivate", people.deactivate, name="deactivate"),
    path("<uuid:uuid>/reactivate", people.reactivate, name="reactivate"),
]
token_pages = [
    path("", tokens.token_list, name="list"),
    path("<int:pk>/revoke", tokens.revoke, name="revoke"),
]
sealed_pages = [path("", sealed.sealed_view_list, name="list")]
urlpatterns: list[URLPattern | URLResolver] = [
    path("organizations/", include((organization_pages, "organizations"))),
    path("people/", include((person_pages, "people"))),
    path("tokens/", include((token_pages, "tokens"))),
    path("sealed-views/", include((sealed_pages, "sealed"))),
]
