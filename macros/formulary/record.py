"""What every record of the data is: closed, frozen, and where it matters, aware of its place and its name."""

from functools import cached_property
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr

from macros.finding import Refused

Text = Annotated[str, Field(min_length=1)]


def _flag(text: object) -> bool:
    if text not in ("true", "false"):
        raise Refused(f"'{text}' is neither true nor false; write one of the two")
    return text == "true"


Flag = Annotated[bool, BeforeValidator(_flag)]


class Record(BaseModel):
    """A closed, frozen record: an unknown key is an error, and nothing changes after loading."""

    # The sentence below a field says what its key is for; it stands in the schemas, where an editor sees it while writing.
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Placed(Record):
    """A record that knows where it stands in the data, as file and line; the loader says it in the context of the validation."""

    set_by_loader: ClassVar[tuple[str, ...]] = ("at",)
    _at: tuple[str, int] = PrivateAttr(default=("", 0))

    def model_post_init(self, context: Any, /) -> None:
        """Takes the place from the context: `at`."""
        self._at = (context or {}).get("at", self._at)

    @cached_property
    def at(self) -> tuple[str, int]:
        """Where the record stands: file and line."""
        return self._at


class Named(Placed):
    """A record that knows its own name, too."""

    set_by_loader: ClassVar[tuple[str, ...]] = ("id", "at")
    _id: str = PrivateAttr(default="")

    def model_post_init(self, context: Any, /) -> None:
        """Takes place and name from the context: `at` and `id`."""
        super().model_post_init(context)
        self._id = (context or {}).get("id", self._id)

    @cached_property
    def id(self) -> str:
        """The name of the record, with the file and the folder before it where the same name may stand in several."""
        return self._id
