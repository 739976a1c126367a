from django.apps import AppConfig


class Web(AppConfig):
    name = "bailiwick.web"
    label = "web"

    def ready(self) -> None:
        from bailiwick.web.signin import heard  # noqa: F401 - its receivers listen from here on
