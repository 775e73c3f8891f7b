from django.urls import path

from zhengpin.mechanisms.proceedings.web import worklist

app_name = "worklist"
urlpatterns = [
    path("", worklist.worklist_page, name="list"),
    path("changes/<uuid:uuid>", worklist.changes, name="changes"),
    path("views", worklist.save_view, name="save_view"),
    path("views/<int:id>/remove", worklist.remove_view, name="remove_view"),
    path("feed", worklist.issue_feed, name="issue_feed"),
    path("feed/revoke", worklist.revoke_feed, name="revoke_feed"),
    path("feed/<str:secret>.ics", worklist.feed, name="feed"),
]
